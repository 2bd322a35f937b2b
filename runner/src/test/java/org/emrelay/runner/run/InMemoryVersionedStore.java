package org.emrelay.runner.run;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.emrelay.runner.platform.VersionedStore;

/** An in-memory store. Tests can hook into the moments before and after a write. */
final class InMemoryVersionedStore implements VersionedStore {
    final TreeMap<String, String> texts = new TreeMap<>();
    Runnable beforeWrite = () -> {};
    Runnable afterWrite = () -> {};
    private final TreeMap<String, Integer> versions = new TreeMap<>();
    private int writes;
    private int killAt;
    private boolean persisted;

    /** Kills the process at this write, counted from 1. The write is either persisted or lost. */
    void killAt(int write, boolean isKept) {
        writes = 0;
        killAt = write;
        persisted = isKept;
    }

    void stopKilling() {
        killAt = 0;
    }

    synchronized void clear() {
        texts.clear();
        beforeWrite = () -> {};
        afterWrite = () -> {};
        stopKilling();
    }

    private boolean isKilled() {
        writes++;
        return killAt > 0 && writes >= killAt;
    }

    private boolean write(boolean allowed, String path, String text) {
        boolean dies = isKilled();
        if (allowed && (!dies || (persisted && writes == killAt))) {
            put(path, text);
        }
        if (dies) {
            throw new InMemoryJournals.Killed();
        }
        afterWrite.run();
        return allowed;
    }

    void put(String path, String text) {
        texts.put(path, text);
        versions.merge(path, 1, Integer::sum);
    }

    @Override
    public synchronized Optional<VersionedText> read(String path) {
        return Optional.ofNullable(texts.get(path)).map(text -> new VersionedText(text, version(path)));
    }

    private String version(String path) {
        return String.valueOf(versions.get(path));
    }

    @Override
    public synchronized boolean create(String path, String text) {
        beforeWrite.run();
        return write(!texts.containsKey(path), path, text);
    }

    @Override
    public synchronized boolean replace(String path, String text, String version) {
        beforeWrite.run();
        return write(texts.containsKey(path) && version(path).equals(version), path, text);
    }

    @Override
    public synchronized List<String> list(String path) {
        String prefix = path + "/";
        return texts.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .toList();
    }
}
