package org.sparkpipelines.runner.run;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sparkpipelines.runner.platform.SharedStore;

/** A shared store in this process; what it does just before a write is the test's. */
final class InMemorySharedStore implements SharedStore {
    final TreeMap<String, String> texts = new TreeMap<>();
    Runnable beforeWrite = () -> {};
    private final TreeMap<String, Integer> versions = new TreeMap<>();

    void put(String path, String text) {
        texts.put(path, text);
        versions.merge(path, 1, Integer::sum);
    }

    @Override
    public Optional<Stored> read(String path) {
        return Optional.ofNullable(texts.get(path)).map(text -> new Stored(text, version(path)));
    }

    private String version(String path) {
        return String.valueOf(versions.get(path));
    }

    @Override
    public boolean create(String path, String text) {
        beforeWrite.run();
        boolean free = !texts.containsKey(path);
        if (free) {
            put(path, text);
        }
        return free;
    }

    @Override
    public boolean replace(String path, String text, String version) {
        beforeWrite.run();
        boolean same = texts.containsKey(path) && version(path).equals(version);
        if (same) {
            put(path, text);
        }
        return same;
    }

    @Override
    public List<String> children(String path) {
        String prefix = path + "/";
        return texts.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).split("/", 2)[0])
                .distinct()
                .toList();
    }
}
