package org.emrelay.runner.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Argument.UploadedFile;
import org.emrelay.runner.model.Output.AtUri;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.python.ModuleTree;
import org.jspecify.annotations.Nullable;

/** Stores runs in a workspace, for execution by any process. */
public final class RunStore {
    private static final String RUNS = "runs";

    private static final String JAR = ".jar";
    private static final int DIGEST_DIGITS = 64;

    private final Workspace workspace;
    private final @Nullable RunDigests digests;

    public RunStore(Workspace workspace) {
        this(workspace, null);
    }

    /** @param digests null for a workspace to which only this machine's user can write */
    public RunStore(Workspace workspace, @Nullable RunDigests digests) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.digests = digests;
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
            if (upload.form() == Upload.Form.MODULES) {
                uploadModules(upload);
            } else {
                workspace.upload(upload.source(), upload.path());
            }
        }
        requireOnlyOwnJars(run, uploads);
        update(run);
    }

    private void uploadModules(Upload upload) throws IOException {
        Path directory = Files.createTempDirectory("emrelay-modules-");
        try {
            Path zip = directory.resolve(upload.path().substring(upload.path().lastIndexOf('/') + 1));
            ModuleTree.of(upload.source()).zip(zip);
            workspace.upload(zip, upload.path());
        } finally {
            FileTree.delete(directory);
        }
    }

    /** Local jars are uploaded to one directory, and a step loads all jars in it. */
    private void requireOnlyOwnJars(Run run, Set<Upload> uploads) throws IOException {
        Set<String> directories = run.plan().steps().stream()
                .filter(PlannedStep::runs)
                .flatMap(step -> step.sparkSubmit().command().stream())
                .flatMap(argument -> argument.parts().stream())
                .filter(part -> part instanceof UploadedFile file && file.path().endsWith("/*" + JAR))
                .map(part -> parent(((UploadedFile) part).path()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String directory : directories) {
            Set<String> names = uploads.stream()
                    .map(Upload::path)
                    .filter(path -> parent(path).equals(directory))
                    .map(path -> path.substring(directory.length() + 1))
                    .collect(Collectors.toSet());
            workspace.requireOnly(directory, names, JAR);
        }
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** Writes a changed run whose files are already uploaded. */
    public void update(Run run) throws IOException {
        byte[] content = RunJson.write(run).getBytes(StandardCharsets.UTF_8);
        if (digests != null) {
            digests.add(run.id(), uri(run.id()), digest(content));
        }
        workspace.write(path(run.id()), content);
    }

    /** Whether the run is as this machine wrote it; false if another machine may have added it. */
    public boolean isFromThisMachine(RunId id) throws IOException {
        return digests == null || !digests.find(id, uri(id)).isEmpty();
    }

    private static String digest(byte[] content) {
        Sha256 digest = new Sha256();
        digest.add(content, content.length);
        return digest.hex(DIGEST_DIGITS);
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

    /** Reads a run if it exists and its file is valid: a corrupt run must not fail another one. */
    public Optional<Run> findReadable(RunId id) throws IOException {
        try {
            return find(id);
        } catch (CorruptRunException corrupt) {
            return Optional.empty();
        }
    }

    private Run read(RunId id, byte[] content) throws IOException {
        if (digests != null) {
            Set<String> written = digests.find(id, uri(id));
            if (!written.isEmpty() && !written.contains(digest(content))) {
                throw new CorruptRunException(
                        uri(id) + " is not as this machine wrote it: someone else changed it. Check who"
                                + " can write to the bucket, and add the steps again.");
            }
        }
        try {
            Run run = RunJson.read(new String(content, StandardCharsets.UTF_8));
            if (!run.id().equals(id)) {
                throw new MalformedJsonException("it belongs to run " + run.id());
            }
            requireUsableOutputs(run);
            return run;
        } catch (MalformedJsonException exception) {
            throw new CorruptRunException(
                    uri(id) + " is not a valid run file: " + exception.getMessage() + ". Add the steps again.");
        }
    }

    /** Someone else may have written the run: an output must not lead out of the store, such as to a file on this machine. */
    private void requireUsableOutputs(Run run) throws MalformedJsonException {
        for (PlannedStep step : run.plan().steps()) {
            if (step.output().destination() instanceof AtUri at && !workspace.acceptsOutput(at.uri())) {
                throw new MalformedJsonException("'" + at.uri() + "' is not a valid output URI");
            }
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

    /**
     * The newest runs of a pipeline, newest first. Unreadable runs are left out.
     *
     * @param before only those that are older than this one; null for all
     */
    public List<Run> newest(String pipeline, @Nullable RunId before, int limit) throws IOException {
        List<Run> newest = new ArrayList<>();
        for (RunId id : ids()) {
            if ((before == null || id.compareTo(before) < 0) && newest.size() < limit) {
                findReadable(id)
                        .filter(run -> run.plan().pipeline().equals(pipeline))
                        .ifPresent(newest::add);
            }
        }
        return newest;
    }

    /**
     * The readable runs, newest first.
     *
     * @param newest only those that are older than this one; null for all
     */
    List<Run> runsBefore(@Nullable RunId newest) throws IOException {
        List<RunId> ids = ids().stream()
                .filter(id -> newest == null || id.compareTo(newest) < 0)
                .toList();
        Map<RunId, Run> found = new ConcurrentHashMap<>();
        workspace.inParallel(ids.stream()
                .<Workspace.IoTask>map(id -> () -> findReadable(id).ifPresent(run -> found.put(id, run)))
                .toList());
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private String uri(RunId id) {
        return workspace.uri(path(id));
    }

    private static String path(RunId id) {
        return RUNS + "/" + id + "/run.json";
    }
}
