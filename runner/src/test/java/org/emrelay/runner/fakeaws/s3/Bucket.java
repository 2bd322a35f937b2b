package org.emrelay.runner.fakeaws.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket: its settings, all object versions and in-progress multipart uploads. */
public final class Bucket {
    final String name;
    final String region;
    final Instant createdAt;
    /** Request bodies as put, by subresource: {@code policy}, {@code tagging} … */
    final Map<String, String> settings = new TreeMap<>();
    /** All versions by key, newest last. */
    final NavigableMap<String, List<StoredObject>> versions = new TreeMap<>();

    final Map<String, InProgressUpload> uploads = new LinkedHashMap<>();

    Bucket(String name, String region, Instant createdAt) {
        this.name = name;
        this.region = region;
        this.createdAt = createdAt;
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

    /** The current versions, as ListObjectsV2 returns them. */
    public List<StoredObject> objects() {
        List<StoredObject> objects = new ArrayList<>();
        versions.keySet().forEach(key -> current(key).ifPresent(objects::add));
        return objects;
    }

    Optional<StoredObject> current(String key) {
        List<StoredObject> all = versions.getOrDefault(key, List.of());
        return all.isEmpty() || newest(all).deleteMarker ? Optional.empty() : Optional.of(newest(all));
    }

    static StoredObject newest(List<StoredObject> all) {
        return all.get(all.size() - 1);
    }

    boolean isVersioned() {
        return settings.getOrDefault("versioning", "").contains("<Status>Enabled</Status>");
    }

    boolean isKmsEncrypted() {
        return settings.getOrDefault("encryption", "").contains("<SSEAlgorithm>aws:kms");
    }

    /** Adds a version. In an unversioned bucket, every version is {@code null} and the new one replaces the old. */
    void put(StoredObject object) {
        List<StoredObject> all = versions.computeIfAbsent(object.key, missing -> new ArrayList<>());
        all.removeIf(old -> old.version.equals(object.version));
        all.add(object);
    }

    void removeVersion(String key, String version) {
        List<StoredObject> all = versions.getOrDefault(key, new ArrayList<>());
        all.removeIf(object -> object.version.equals(version));
        if (all.isEmpty()) {
            versions.remove(key);
        }
    }
}
