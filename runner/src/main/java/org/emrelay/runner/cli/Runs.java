package org.emrelay.runner.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Journals;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunIdGenerator;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.run.StepRemoval;
import org.jspecify.annotations.Nullable;

/** The runs that a workspace keeps, on this machine or in a bucket, as the command line names them. */
final class Runs {
    private final CliContext world;
    private final RunStore runs;
    private final Journals journals;
    private final @Nullable ClusterId firstName;

    Runs(CliContext world, Workspace workspace, Journals journals) {
        this(world, workspace, journals, null);
    }

    /** @param firstName the cluster's, under which a run may have been added before there was an id; null for none */
    Runs(CliContext world, Workspace workspace, Journals journals, @Nullable ClusterId firstName) {
        this.world = world;
        this.runs = new RunStore(workspace);
        this.journals = journals;
        this.firstName = firstName;
    }

    private Set<ClusterId> names(ClusterId cluster) {
        return firstName == null ? Set.of(cluster) : Set.of(cluster, firstName);
    }

    /** The cluster's run: the one that is named, else its newest. */
    Run run(ClusterId cluster, @Nullable String id) throws IOException {
        if (id != null) {
            return named(cluster, runId(id));
        }
        return runs.newest(names(cluster))
                .orElseThrow(() -> CommandFailure.refused("The cluster " + cluster
                        + " has no run yet. Begin one with -a add_steps -steps steps.json -idc " + cluster + "."));
    }

    private Run named(ClusterId cluster, RunId id) throws IOException {
        Run run = runs.find(id).orElse(null);
        if (run == null) {
            List<String> known = runs(cluster, damage -> {}).stream()
                    .map(each -> each.id().value())
                    .toList();
            String near = Suggestion.sentence(id.value(), known);
            throw CommandFailure.usage("The cluster " + cluster + " has no run " + id + "."
                    + (known.isEmpty() ? "" : " Its runs: " + String.join(", ", known) + ".")
                    + (near.isEmpty() ? "" : " " + near));
        }
        if (!names(cluster).contains(run.cluster())) {
            throw CommandFailure.usage(
                    "The run " + id + " is of the cluster " + run.cluster() + ": name that one with -idc.");
        }
        return run;
    }

    /**
     * The cluster's runs, the newest first.
     *
     * @param damage is told of each that cannot be read, for it may be one of them
     */
    List<Run> runs(ClusterId cluster, Consumer<CorruptRunException> damage) throws IOException {
        List<Run> found = new ArrayList<>();
        for (RunId id : runs.ids()) {
            try {
                runs.find(id)
                        .filter(run -> names(cluster).contains(run.cluster()))
                        .ifPresent(found::add);
            } catch (CorruptRunException exception) {
                damage.accept(exception);
            }
        }
        return found;
    }

    private static RunId runId(String written) {
        if (!RunId.isUsable(written)) {
            throw CommandFailure.usage("'" + written + "' is no run's id: they look like 20261121-034512-ab3f.");
        }
        return new RunId(written);
    }

    /** The run whose results may be used: the named one, or the pipeline's newest for an empty name. */
    Optional<Run> resumable(String pipeline, String id) throws IOException {
        return id.isEmpty() ? runs.newest(pipeline) : Optional.of(runs.load(runId(id)));
    }

    /** Begins a run: what its steps need is uploaded, and its plan written down. */
    Run add(ExecutionPlan plan, ClusterId cluster, @Nullable Run resumedFrom) throws IOException {
        Instant now = world.clock().instant();
        RunId newest = runs.ids().stream().findFirst().orElse(null);
        Run run = new Run(
                RunIdGenerator.next(now, world.random(), newest),
                cluster,
                plan,
                resumedFrom == null ? null : resumedFrom.id(),
                now);
        runs.add(run);
        return run;
    }

    /** Notes by which id the cluster is known that a run was handed over with. */
    Run moved(Run run, ClusterId cluster) throws IOException {
        Run moved = run.on(cluster);
        runs.write(moved);
        return moved;
    }

    /** The runs of the same pipeline before this one, the newest first. */
    List<Run> before(Run run, int atMost) throws IOException {
        return runs.before(run, atMost);
    }

    /** What it would mean to take these steps out of a run, or all that have not started when none is named. */
    StepRemoval removal(Run run, Set<StepName> steps) throws IOException {
        return StepRemoval.of(run, journals, steps);
    }

    void remove(Run run, StepRemoval removal) throws IOException {
        removal.carryOut(run, journals, world.clock().instant());
    }
}
