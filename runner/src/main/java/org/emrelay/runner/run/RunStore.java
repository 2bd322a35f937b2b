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
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.Workspace;

/** Stores runs in a workspace, for execution by any process. */
public final class RunStore {
    private static final String RUNS = "runs";

    private final Workspace workspace;

    public RunStore(Workspace workspace) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
    }

    /** Uploads the run's files, then writes the run: every stored run can be executed. */
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
        update(run);
    }

    /** Writes a changed run whose files are already uploaded. */
    public void update(Run run) throws IOException {
        workspace.write(path(run.id()), RunJson.write(run).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a run; {@link CorruptRunException} when it does not exist or its file is invalid. */
    public Run load(RunId id) throws IOException {
        return find(id).orElseThrow(() -> new CorruptRunException(
                "No run " + id + " in " + workspace.uri(RUNS) + ". list_steps shows the existing runs."));
    }

    /** Reads a run if it exists; {@link CorruptRunException} when its file is invalid. */
    public Optional<Run> find(RunId id) throws IOException {
        byte[] content = workspace.read(path(id)).orElse(null);
        return content == null ? Optional.empty() : Optional.of(read(id, content));
    }

    private Run read(RunId id, byte[] content) throws CorruptRunException {
        try {
            Run run = RunJson.read(new String(content, StandardCharsets.UTF_8));
            if (!run.id().equals(id)) {
                throw new MalformedJsonException("it belongs to run " + run.id());
            }
            return run;
        } catch (MalformedJsonException exception) {
            throw new CorruptRunException(workspace.uri(path(id)) + " is not a valid run file: "
                    + exception.getMessage() + ". Add the steps again.");
        }
    }

    /**
     * All run ids, newest first. An id may belong to a run that was only partly added: checking that would take one
     * S3 call per run.
     */
    public List<RunId> ids() throws IOException {
        List<RunId> ids = new ArrayList<>();
        for (String name : workspace.list(RUNS)) {
            if (RunId.isValid(name)) {
                ids.add(new RunId(name));
            }
        }
        ids.sort(Collections.reverseOrder());
        return ids;
    }

    /** The newest run that matches. */
    public Optional<Run> findNewest(Predicate<Run> filter) throws IOException {
        for (RunId id : ids()) {
            Optional<Run> run = find(id);
            if (run.filter(filter).isPresent()) {
                return run;
            }
        }
        return Optional.empty();
    }

    /** The runs of the same pipeline added before this one, newest first. Unreadable runs are left out. */
    public List<Run> previousRuns(Run run, int limit) throws IOException {
        List<Run> previous = new ArrayList<>();
        for (RunId id : ids()) {
            if (id.compareTo(run.id()) < 0 && previous.size() < limit) {
                try {
                    find(id).filter(other ->
                                    other.plan().pipeline().equals(run.plan().pipeline()))
                            .ifPresent(previous::add);
                } catch (CorruptRunException corrupt) {
                    // A corrupt previous run must not fail this one.
                }
            }
        }
        return previous;
    }

    private static String path(RunId id) {
        return RUNS + "/" + id + "/run.json";
    }
}
