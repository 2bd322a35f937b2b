package org.emrelay.runner.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.VersionedStore;

/** The journal of one run in a shared store, as its writer has it. */
final class SharedJournal implements Journal {
    private static final Pattern PART = Pattern.compile("\\d{8}\\.jsonl");

    private final VersionedStore store;
    private final UnaryOperator<String> uri;
    private final String folder;
    private final List<Event> events;
    private int parts;

    SharedJournal(VersionedStore store, UnaryOperator<String> uri, String folder, int parts, List<Event> events) {
        this.store = store;
        this.uri = uri;
        this.folder = folder;
        this.parts = parts;
        this.events = new ArrayList<>(events);
    }

    static boolean isPart(String name) {
        return PART.matcher(name).matches();
    }

    /** From 1 on. */
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
        String path = folder + "/" + name(parts + 1);
        if (!store.create(path, EventLines.write(added))) {
            throw new RunLockedException("Somebody else has gone on with this run meanwhile: " + uri.apply(path)
                    + " was written by them. Nothing more is done from here; list_steps shows how far they are.");
        }
        parts++;
        events.addAll(added);
    }

    @Override
    public void close() {}
}
