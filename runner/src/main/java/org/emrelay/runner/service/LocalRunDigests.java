package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.run.RunDigests;
import org.jspecify.annotations.Nullable;

/** Keeps the digests of the newest runs in the workspace directory: a file for each run, with lines as sha256sum prints them. */
public final class LocalRunDigests implements RunDigests {
    private static final String FOLDER = "run-digests";
    private static final String SEPARATOR = "  ";
    private static final int MAX_RUNS = 500;

    private final Application app;

    public LocalRunDigests(Application app) {
        this.app = app;
    }

    @Override
    public void add(RunId id, String uri, String digest) throws IOException {
        LocalWorkspace workspace = app.openWorkspace();
        Set<String> lines = new LinkedHashSet<>(lines(workspace, id));
        if (lines.add(digest + SEPARATOR + uri)) {
            workspace.write(path(id), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        deleteOldest(workspace);
    }

    /** Run ids begin with their time. */
    private static void deleteOldest(Workspace workspace) throws IOException {
        List<String> names =
                workspace.list(FOLDER).stream().filter(RunId::isValid).toList();
        for (String name : names.subList(0, Math.max(0, names.size() - MAX_RUNS))) {
            workspace.clear(workspace.uri(path(new RunId(name))));
        }
    }

    @Override
    public Set<String> find(RunId id, String uri) throws IOException {
        Optional<LocalWorkspace> workspace = app.findWorkspace();
        Set<String> digests = new LinkedHashSet<>();
        if (workspace.isPresent()) {
            for (String line : lines(workspace.get(), id)) {
                String[] parts = line.split(SEPARATOR, 2);
                if (parts.length == 2 && parts[1].equals(uri)) {
                    digests.add(parts[0]);
                }
            }
        }
        return digests;
    }

    /** The runs that this machine has added, newest first. */
    public List<RunId> runs() throws IOException {
        Optional<LocalWorkspace> workspace = app.findWorkspace();
        List<RunId> runs = new ArrayList<>();
        if (workspace.isPresent()) {
            workspace.get().list(FOLDER).stream().filter(RunId::isValid).forEach(name -> runs.add(0, new RunId(name)));
        }
        return runs;
    }

    /**
     * The URIs of the run files that this machine has written, newest run first.
     *
     * @param run only of this run; null for all
     */
    public Set<String> uris(@Nullable RunId run) throws IOException {
        Optional<LocalWorkspace> workspace = app.findWorkspace();
        Set<String> uris = new LinkedHashSet<>();
        if (workspace.isPresent()) {
            for (RunId each : run == null ? runs() : List.of(run)) {
                lines(workspace.get(), each).stream()
                        .filter(line -> line.contains(SEPARATOR))
                        .map(line -> line.substring(line.indexOf(SEPARATOR) + SEPARATOR.length()))
                        .forEach(uris::add);
            }
        }
        return uris;
    }

    private static List<String> lines(Workspace workspace, RunId id) throws IOException {
        return workspace
                .read(path(id))
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .map(String::lines)
                .map(Stream::toList)
                .orElse(List.of());
    }

    private static String path(RunId id) {
        return FOLDER + "/" + id;
    }
}
