package org.emrelay.runner.run;

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
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.Workspace;

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
        write(run);
    }

    /** Writes a run down again of which something has changed; what it needs is there. */
    public void write(Run run) throws IOException {
        workspace.write(path(run.id()), RunJson.write(run).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a run that was added; {@link CorruptRunException} when there is none, or its file cannot be understood. */
    public Run load(RunId id) throws IOException {
        return find(id).orElseThrow(() -> new CorruptRunException(
                "There is no run " + id + " in " + workspace.uri(RUNS) + "; list_steps shows those that there are."));
    }

    /** Reads a run if it was added whole; {@link CorruptRunException} when its file cannot be understood. */
    public Optional<Run> find(RunId id) throws IOException {
        byte[] content = workspace.read(path(id)).orElse(null);
        return content == null ? Optional.empty() : Optional.of(read(id, content));
    }

    private Run read(RunId id, byte[] content) throws CorruptRunException {
        try {
            Run run = RunJson.read(new String(content, StandardCharsets.UTF_8));
            if (!run.id().equals(id)) {
                throw new MalformedJsonException("it is of run " + run.id());
            }
            return run;
        } catch (MalformedJsonException exception) {
            throw new CorruptRunException(workspace.uri(path(id)) + " is not what add_steps wrote: "
                    + exception.getMessage() + ". Add the steps again.");
        }
    }

    /**
     * All ids that were given to runs, the newest first. One may be of a run that was not added whole: whether it was is not asked here, for in a bucket
     * that takes a call for each run that ever was.
     */
    public List<RunId> ids() throws IOException {
        List<RunId> ids = new ArrayList<>();
        for (String name : workspace.children(RUNS)) {
            if (RunId.isUsable(name)) {
                ids.add(new RunId(name));
            }
        }
        ids.sort(Collections.reverseOrder());
        return ids;
    }

    /** The run that was added last to a cluster, which may have had more than one name. */
    public Optional<Run> newest(Set<ClusterId> cluster) throws IOException {
        return newest(run -> cluster.contains(run.cluster()));
    }

    /** The run of a pipeline that was added last, on whichever cluster: what {@code --resume} means without a run's name. */
    public Optional<Run> newest(String pipeline) throws IOException {
        return newest(run -> run.plan().pipeline().equals(pipeline));
    }

    private Optional<Run> newest(Predicate<Run> wanted) throws IOException {
        for (RunId id : ids()) {
            Optional<Run> run = find(id);
            if (run.filter(wanted).isPresent()) {
                return run;
            }
        }
        return Optional.empty();
    }

    /** The runs of the same pipeline that were added before this one, the newest first; those that cannot be read are left out. */
    public List<Run> before(Run run, int atMost) throws IOException {
        List<Run> before = new ArrayList<>();
        for (RunId id : ids()) {
            if (id.compareTo(run.id()) < 0 && before.size() < atMost) {
                try {
                    find(id).filter(earlier ->
                                    earlier.plan().pipeline().equals(run.plan().pipeline()))
                            .ifPresent(before::add);
                } catch (CorruptRunException damaged) {
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
