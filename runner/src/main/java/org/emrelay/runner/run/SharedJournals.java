package org.emrelay.runner.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.VersionedStore;
import org.emrelay.runner.platform.VersionedStore.VersionedText;
import org.jspecify.annotations.Nullable;

/**
 * Journals shared between hosts: {@code runs/<run>/events/<number>.jsonl}, one file per append. A file is only ever
 * created, never replaced: if two runners continue the same run, the second fails before it has done anything.
 */
public final class SharedJournals implements Journals {
    private static final Pattern PART = Pattern.compile("\\d{8}\\.jsonl");

    private final VersionedStore store;
    private final UnaryOperator<String> uri;
    private final @Nullable Lease lease;

    /**
     * @param uri maps a path in the store to its URI, for messages
     */
    public SharedJournals(VersionedStore store, UnaryOperator<String> uri) {
        this(store, uri, null);
    }

    private SharedJournals(VersionedStore store, UnaryOperator<String> uri, @Nullable Lease lease) {
        this.store = Objects.requireNonNull(store, "store");
        this.uri = Objects.requireNonNull(uri, "uri");
        this.lease = lease;
    }

    /** The same journals, which can be written only while the lease is held. */
    SharedJournals guardedBy(Lease held) {
        return new SharedJournals(store, uri, held);
    }

    private void checkLease() throws IOException {
        if (lease != null) {
            lease.renewIfDue();
        }
    }

    private static String directory(RunId run) {
        return "runs/" + run + "/events";
    }

    @Override
    public Journal open(RunId run) throws IOException {
        checkLease();
        List<String> paths = paths(run);
        return new SharedJournal(directory(run), paths.size(), events(paths));
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
            if (PART.matcher(name).matches()) {
                String expected = name(paths.size() + 1);
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
            events.addAll(EventJson.readLines(part.text(), uri.apply(path)));
        }
        return events;
    }

    private CorruptRunException missing(String path) {
        return new CorruptRunException(
                uri.apply(path) + " is missing, although later files exist: part of the run's history"
                        + " is lost. Restore the file, or add the steps again.");
    }

    /** Numbers start at 1. */
    private static String name(int number) {
        return String.format(Locale.ROOT, "%08d.jsonl", number);
    }

    /** The journal of one run, opened for writing. */
    private final class SharedJournal implements Journal {
        private final String directory;
        private final List<Event> events;
        private int parts;

        SharedJournal(String directory, int parts, List<Event> events) {
            this.directory = directory;
            this.parts = parts;
            this.events = new ArrayList<>(events);
        }

        @Override
        public List<Event> events() {
            return List.copyOf(events);
        }

        @Override
        public void append(List<Event> added) throws IOException {
            checkLease();
            if (added.isEmpty()) {
                return;
            }
            String path = directory + "/" + name(parts + 1);
            if (!store.create(path, EventJson.writeLines(added))) {
                throw new RunLockedException("Another runner has continued this run: it wrote " + uri.apply(path)
                        + ". This process does nothing more; list_steps shows the progress of the run.");
            }
            parts++;
            events.addAll(added);
        }

        @Override
        public void checkOwnership() throws IOException {
            checkLease();
        }

        @Override
        public void close() {}
    }
}
