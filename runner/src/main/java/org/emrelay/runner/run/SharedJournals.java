package org.emrelay.runner.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.VersionedStore.Stored;

/**
 * Journals that several machines see: {@code runs/<run>/events/<number>.jsonl}, each of them what was appended at once. One is only ever written where
 * none is, so of two who go on with the same run the second finds out before it has done anything.
 */
public final class SharedJournals implements Journals {
    private final VersionedStore store;
    private final UnaryOperator<String> uri;

    /**
     * Looks into this store.
     *
     * @param uri of a path in the store, for messages
     */
    public SharedJournals(VersionedStore store, UnaryOperator<String> uri) {
        this.store = Objects.requireNonNull(store, "store");
        this.uri = Objects.requireNonNull(uri, "uri");
    }

    private static String folder(RunId run) {
        return "runs/" + run + "/events";
    }

    @Override
    public Journal open(RunId run) throws IOException {
        List<String> paths = paths(run);
        return new SharedJournal(store, uri, folder(run), paths.size(), events(paths));
    }

    @Override
    public List<Event> read(RunId run) throws IOException {
        return events(paths(run));
    }

    @Override
    public String place(RunId run) {
        return uri.apply(folder(run));
    }

    /** What is there, in order; each number follows the one before it. */
    private List<String> paths(RunId run) throws IOException {
        List<String> paths = new ArrayList<>();
        for (String name : store.children(folder(run))) {
            if (SharedJournal.isPart(name)) {
                String expected = SharedJournal.name(paths.size() + 1);
                if (!name.equals(expected)) {
                    throw missing(folder(run) + "/" + expected);
                }
                paths.add(folder(run) + "/" + name);
            }
        }
        return paths;
    }

    private List<Event> events(List<String> paths) throws IOException {
        Map<String, Stored> read = store.readAll(paths);
        List<Event> events = new ArrayList<>();
        for (String path : paths) {
            Stored part = read.get(path);
            if (part == null) {
                throw missing(path);
            }
            events.addAll(EventLines.read(part.text(), uri.apply(path)));
        }
        return events;
    }

    private CorruptRunException missing(String path) {
        return new CorruptRunException(
                uri.apply(path) + " is missing, although there are later ones: a part of what happened"
                        + " in the run is lost. Bring it back, or add the steps again.");
    }
}
