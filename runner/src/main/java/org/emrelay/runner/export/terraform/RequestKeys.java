package org.emrelay.runner.export.terraform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an object in a RunJobFlow request. Each is taken once; what remains is what Terraform's provider lacks, so that no key is
 * lost unnoticed.
 */
final class RequestKeys {
    private final Map<String, Object> remaining;
    private final String path;

    /** @param path the path of the object in the cluster file: empty, or with a trailing dot */
    RequestKeys(Map<String, Object> object, String path) {
        this.remaining = new LinkedHashMap<>(object);
        this.path = path;
    }

    @Nullable
    Object take(String key) {
        return remaining.remove(key);
    }

    @Nullable
    Object get(String key) {
        return remaining.get(key);
    }

    boolean has(String key) {
        return remaining.containsKey(key);
    }

    /** The keys of an object; none if there is no such object. */
    @SuppressWarnings("unchecked")
    RequestKeys takeObject(String key) {
        Object object = remaining.remove(key);
        return new RequestKeys(object == null ? Map.of() : (Map<String, Object>) object, path + key + ".");
    }

    /** The keys of the objects in a list; none if there is no such list. */
    @SuppressWarnings("unchecked")
    List<RequestKeys> takeObjects(String key) {
        Object objects = remaining.remove(key);
        return objects == null
                ? List.of()
                : ((List<Map<String, Object>>) objects)
                        .stream()
                                .map(object -> new RequestKeys(object, path + key + "."))
                                .toList();
    }

    boolean isEmpty() {
        return remaining.isEmpty();
    }

    String path(String key) {
        return path + key;
    }

    /** Adds the paths of the keys that were not taken. */
    void addRemaining(Set<String> missing) {
        remaining.keySet().forEach(key -> missing.add(path + key));
    }
}
