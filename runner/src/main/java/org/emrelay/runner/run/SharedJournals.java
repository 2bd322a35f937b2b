package org.emrelay.runner.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.VersionedStore.VersionedText;

/**
 * Journals shared between hosts: {@code runs/<run>/events/<number>.jsonl}, one file per append. A file is only ever
 * created, never replaced: if two runners continue the same run, the second fails before it has done anything.
 */
public final class SharedJournals implements Journals {
    private final VersionedStore store;
    private final UnaryOperator<String> uri;

    /**
     * Creates the journals of a store.
     *
     * @param uri maps a path in the store to its URI, for messages
     */
    public SharedJournals(VersionedStore store, UnaryOperator<String> uri) {
        this.store = Objects.requireNonNull(store, "store");
        this.uri = Objects.requireNonNull(uri, "uri");
    }

    private static String directory(RunId run) {
        return "runs/" + run + "/events";
    }

    @Override
    public Journal open(RunId run) throws IOException {
        List<String> paths = paths(run);
        return new SharedJournal(store, uri, directory(run), paths.size(), events(paths));
    }

    @Override
    public List<Event> read(RunId run) throws IOException {
        return events(paths(run));
    }

    @Override
    public String location(RunId run) {
        return uri.apply(directory(run));
    }

    /** The existing files in order. Their numbers are consecutive. */
    private List<String> paths(RunId run) throws IOException {
        List<String> paths = new ArrayList<>();
        for (String name : store.list(directory(run))) {
            if (SharedJournal.isPart(name)) {
                String expected = SharedJournal.name(paths.size() + 1);
                if (!name.equals(expected)) {
                    throw missing(directory(run) + "/" + expected);
                }
                paths.add(directory(run) + "/" + name);
            }
        }
        return paths;
    }

    private List<Event> events(List<String> paths) throws IOException {
        Map<String, VersionedText> read = store.readAll(paths);
        List<Event> events = new ArrayList<>();
        for (String path : paths) {
            VersionedText part = read.get(path);
            if (part == null) {
                throw missing(path);
            }
            events.addAll(EventLines.read(part.text(), uri.apply(path)));
        }
        return events;
    }

    private CorruptRunException missing(String path) {
        return new CorruptRunException(
                uri.apply(path) + " is missing, although later files exist: part of the run's history"
                        + " is lost. Restore the file, or add the steps again.");
    }
}
