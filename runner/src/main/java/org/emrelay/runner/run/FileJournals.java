package org.emrelay.runner.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.RunId;

/** Journals in a local workspace: {@code <workspace>/runs/<run>/events.jsonl}. */
public final class FileJournals implements Journals {
    private final Path workspace;

    public FileJournals(Path workspace) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
    }

    private Path path(RunId run) {
        return workspace.resolve("runs").resolve(run.value()).resolve("events.jsonl");
    }

    @Override
    public Journal open(RunId run) throws IOException {
        return FileJournal.open(path(run));
    }

    @Override
    public List<Event> read(RunId run) throws IOException {
        return FileJournal.read(path(run));
    }

    @Override
    public String location(RunId run) {
        return path(run).toString();
    }
}
