package org.emrelay.runner.fakeaws.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket: its settings, all versions of its objects, its uploads in progress. */
public final class Bucket {
    final String name;
    final String region;
    final Instant created;
    /** By the name of the subresource, {@code policy}, {@code tagging} …: the body that was put. */
    final Map<String, String> settings = new TreeMap<>();
    /** Newest version last. */
    final NavigableMap<String, List<StoredObject>> versions = new TreeMap<>();

    final Map<String, Upload> uploads = new LinkedHashMap<>();

    Bucket(String name, String region, Instant created) {
        this.name = name;
        this.region = region;
        this.created = created;
    }

    public String name() {
        return name;
    }

    public String region() {
        return region;
    }

    public Map<String, String> settings() {
        return settings;
    }

    public int uploadsInProgress() {
        return uploads.size();
    }

    /** What a plain listing shows. */
    public List<StoredObject> objects() {
        List<StoredObject> objects = new ArrayList<>();
        versions.keySet().forEach(key -> current(key).ifPresent(objects::add));
        return objects;
    }

    Optional<StoredObject> current(String key) {
        List<StoredObject> all = versions.getOrDefault(key, List.of());
        return all.isEmpty() || last(all).deleteMarker ? Optional.empty() : Optional.of(last(all));
    }

    static StoredObject last(List<StoredObject> all) {
        return all.get(all.size() - 1);
    }

    boolean isVersioned() {
        return settings.getOrDefault("versioning", "").contains("<Status>Enabled</Status>");
    }

    /** Without versions the new takes the place of the old. */
    void put(StoredObject object) {
        List<StoredObject> all = versions.computeIfAbsent(object.key, missing -> new ArrayList<>());
        all.removeIf(old -> old.version.equals(object.version));
        all.add(object);
    }

    void removeVersion(String key, String version) {
        List<StoredObject> all = versions.getOrDefault(key, new ArrayList<>());
        all.removeIf(each -> each.version.equals(version));
        if (all.isEmpty()) {
            versions.remove(key);
        }
    }
}
