package org.emrelay.runner.fakeaws.s3;

import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Identifiers;
import org.emrelay.runner.fakeaws.wire.Owner;

/** The account's buckets, and the names that belong to others. */
public final class S3State {
    final Owner owner;
    final Clock clock;
    final Identifiers identifiers;
    final Map<String, Bucket> buckets = new TreeMap<>();
    final Set<String> takenByOthers = new HashSet<>();

    public S3State(Owner owner, Clock clock, Identifiers identifiers) {
        this.owner = owner;
        this.clock = clock;
        this.identifiers = identifiers;
    }

    public Map<String, Bucket> buckets() {
        return buckets;
    }

    /** Bucket names are the world's. */
    public void takenByOthers(String name) {
        takenByOthers.add(name);
    }

    public Bucket add(String name, String region) {
        Bucket bucket = new Bucket(name, region, clock.instant());
        buckets.put(name, bucket);
        return bucket;
    }

    Bucket bucket(String name) {
        if (takenByOthers.contains(name)) {
            throw new AwsError(403, "AccessDenied", "Access Denied", Map.of("BucketName", name));
        }
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist", Map.of("BucketName", name));
        }
        return bucket;
    }

    String nextVersion(Bucket bucket) {
        return bucket.isVersioned() ? identifiers.plain() : "null";
    }

    /** What a service writes into the account's bucket by itself; nothing where the bucket is gone. */
    public void write(String bucket, String key, byte[] content) {
        Bucket found = buckets.get(bucket);
        if (found != null) {
            found.put(StoredObject.of(key, nextVersion(found), clock.instant(), content, Map.of()));
        }
    }

    /** What a service takes away by itself. */
    public void remove(String bucket, String key) {
        Bucket found = buckets.get(bucket);
        if (found != null) {
            found.versions.remove(key);
        }
    }

    /** Puts an object that would not fit into a test: a listing shows its size, and there is nothing to read of it. */
    public void writeHollow(String bucket, String key, long size) {
        Bucket found = bucket(bucket);
        found.put(StoredObject.hollow(key, nextVersion(found), clock.instant(), size));
    }

    /** Whether there is such an object; EMR's own buckets and those of other accounts have everything. */
    public boolean holds(String bucketAndKey) {
        int slash = bucketAndKey.indexOf('/');
        String name = slash < 0 ? bucketAndKey : bucketAndKey.substring(0, slash);
        Bucket bucket = buckets.get(name);
        return bucket == null
                ? takenByOthers.contains(name) || name.endsWith("elasticmapreduce")
                : bucket.current(bucketAndKey.substring(slash + 1)).isPresent();
    }

    /** Each bucket, upload in progress and, in buckets of the beginning, object. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        for (Bucket bucket : buckets.values()) {
            inventory.put("s3 bucket " + bucket.name, bucket.settings.toString());
            bucket.uploads
                    .values()
                    .forEach(upload ->
                            inventory.put("s3 upload " + bucket.name + "/" + upload.key + " (" + upload.id + ")", ""));
            bucket.objects()
                    .forEach(object -> inventory.put("s3 object " + bucket.name + "/" + object.key, object.etag));
        }
        return inventory;
    }
}
