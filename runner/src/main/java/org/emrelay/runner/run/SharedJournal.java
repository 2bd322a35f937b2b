package org.emrelay.runner.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.VersionedStore;

/** The journal of one run in a {@link VersionedStore}, opened for writing. */
final class SharedJournal implements Journal {
    private static final Pattern PART = Pattern.compile("\\d{8}\\.jsonl");

    private final VersionedStore store;
    private final UnaryOperator<String> uri;
    private final String directory;
    private final List<Event> events;
    private int parts;

    SharedJournal(VersionedStore store, UnaryOperator<String> uri, String directory, int parts, List<Event> events) {
        this.store = store;
        this.uri = uri;
        this.directory = directory;
        this.parts = parts;
        this.events = new ArrayList<>(events);
    }

    static boolean isPart(String name) {
        return PART.matcher(name).matches();
    }

    /** Numbers start at 1. */
    static String name(int number) {
        return String.format(Locale.ROOT, "%08d.jsonl", number);
    }

    @Override
    public List<Event> events() {
        return List.copyOf(events);
    }

    @Override
    public void append(List<Event> added) throws IOException {
        if (added.isEmpty()) {
            return;
        }
        String path = directory + "/" + name(parts + 1);
        if (!store.create(path, EventLines.write(added))) {
            throw new RunLockedException("Another runner has continued this run: it wrote " + uri.apply(path)
                    + ". This process does nothing more; list_steps shows the progress of the run.");
        }
        parts++;
        events.addAll(added);
    }

    @Override
    public void close() {}
}
