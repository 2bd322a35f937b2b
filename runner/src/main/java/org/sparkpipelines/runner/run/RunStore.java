package org.sparkpipelines.runner.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sparkpipelines.runner.model.ClusterId;
import org.sparkpipelines.runner.model.RunId;
import org.sparkpipelines.runner.plan.PlannedStep;
import org.sparkpipelines.runner.plan.Upload;
import org.sparkpipelines.runner.platform.Workspace;

/** Keeps runs in a workspace, so that the process that executes one need not be the one that added it. */
public final class RunStore {
    private static final String RUNS = "runs";

    private final Workspace workspace;

    public RunStore(Workspace workspace) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
    }

    /** Uploads what the run needs, then writes it down: a run that is there can be executed. */
    public void add(Run run) throws IOException {
        Set<Upload> uploads = new LinkedHashSet<>();
        for (PlannedStep step : run.plan().steps()) {
            if (step.runs()) {
                uploads.addAll(step.uploads());
            }
        }
        for (Upload upload : uploads) {
            workspace.upload(upload.source(), upload.path());
        }
        workspace.write(path(run.id()), RunJson.write(run).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a run that was added; {@link DamagedRunException} when there is none, or its file cannot be understood. */
    public Run load(RunId id) throws IOException {
        byte[] content = workspace
                .read(path(id))
                .orElseThrow(() -> new DamagedRunException("There is no run " + id + " in " + workspace.uri(RUNS)
                        + "; list_steps shows those that there are."));
        try {
            Run run = RunJson.read(new String(content, StandardCharsets.UTF_8));
            if (!run.id().equals(id)) {
                throw new FormatException("it is of run " + run.id());
            }
            return run;
        } catch (FormatException exception) {
            throw new DamagedRunException(workspace.uri(path(id)) + " is not what add_steps wrote: "
                    + exception.getMessage() + ". Add the steps again.");
        }
    }

    /** All runs, the newest first. */
    public List<RunId> list() throws IOException {
        List<RunId> runs = new ArrayList<>();
        for (String name : workspace.children(RUNS)) {
            if (RunId.isUsable(name) && workspace.children(RUNS + "/" + name).contains("run.json")) {
                runs.add(new RunId(name));
            }
        }
        runs.sort(Collections.reverseOrder());
        return runs;
    }

    /** The run that was added to a cluster last. */
    public Optional<Run> newest(ClusterId cluster) throws IOException {
        return newest(run -> run.cluster().equals(cluster));
    }

    /** The run of a pipeline that was added last, on whichever cluster: what {@code --resume} means without a run's name. */
    public Optional<Run> newest(String pipeline) throws IOException {
        return newest(run -> run.plan().pipeline().equals(pipeline));
    }

    private Optional<Run> newest(Predicate<Run> wanted) throws IOException {
        for (RunId id : list()) {
            Run run = load(id);
            if (wanted.test(run)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    /** The runs of the same pipeline that were added before this one, the newest first; those that cannot be read are left out. */
    public List<Run> before(Run run, int atMost) throws IOException {
        List<Run> before = new ArrayList<>();
        for (RunId id : list()) {
            if (id.compareTo(run.id()) < 0 && before.size() < atMost) {
                try {
                    Run earlier = load(id);
                    if (earlier.plan().pipeline().equals(run.plan().pipeline())) {
                        before.add(earlier);
                    }
                } catch (DamagedRunException damaged) {
                    // It has no part in this run, which must not fail for it.
                }
            }
        }
        return before;
    }

    private static String path(RunId id) {
        return RUNS + "/" + id + "/run.json";
    }
}
