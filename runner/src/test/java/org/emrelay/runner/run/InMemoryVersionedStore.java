package org.emrelay.runner.run;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.emrelay.runner.platform.VersionedStore;

/** A shared store in this process; what happens just before and after a write is the test's to say. */
final class InMemoryVersionedStore implements VersionedStore {
    final TreeMap<String, String> texts = new TreeMap<>();
    Runnable beforeWrite = () -> {};
    Runnable afterWrite = () -> {};
    private final TreeMap<String, Integer> versions = new TreeMap<>();
    private int writes;
    private int dieAt;
    private boolean kept;

    /** Lets the process of whoever does this write, counted from 1, end at it; it is kept or it is not. */
    void dieAt(int write, boolean isKept) {
        writes = 0;
        dieAt = write;
        kept = isKept;
    }

    void liveOn() {
        dieAt = 0;
    }

    synchronized void clear() {
        texts.clear();
        beforeWrite = () -> {};
        afterWrite = () -> {};
        liveOn();
    }

    private boolean dies() {
        writes++;
        return dieAt > 0 && writes >= dieAt;
    }

    private boolean write(boolean allowed, String path, String text) {
        boolean dies = dies();
        if (allowed && (!dies || (kept && writes == dieAt))) {
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
    public synchronized Optional<Stored> read(String path) {
        return Optional.ofNullable(texts.get(path)).map(text -> new Stored(text, version(path)));
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
    public synchronized List<String> children(String path) {
        String prefix = path + "/";
        return texts.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .toList();
    }
}
