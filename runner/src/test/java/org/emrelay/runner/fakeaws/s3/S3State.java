package org.emrelay.runner.fakeaws.s3;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.IdGenerator;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.fakeaws.wire.XmlTrees;

/** The account's buckets and the bucket names of other accounts. */
public final class S3State {
    final AccountIdentity identity;
    final Clock clock;
    final IdGenerator ids;
    final Map<String, Bucket> buckets = new TreeMap<>();
    final Set<String> foreignNames = new HashSet<>();

    public S3State(AccountIdentity identity, Clock clock, IdGenerator ids) {
        this.identity = identity;
        this.clock = clock;
        this.ids = ids;
    }

    public Map<String, Bucket> buckets() {
        return buckets;
    }

    /** Marks a bucket name as taken by another account: bucket names are global. */
    public void addForeignName(String name) {
        foreignNames.add(name);
    }

    public Bucket addBucket(String name, String region) {
        Bucket bucket = new Bucket(name, region, clock.instant());
        buckets.put(name, bucket);
        return bucket;
    }

    Bucket bucket(String name) {
        if (foreignNames.contains(name)) {
            throw new AwsError(403, "AccessDenied", "Access Denied", Map.of("BucketName", name));
        }
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist", Map.of("BucketName", name));
        }
        return bucket;
    }

    /** The KMS key that encrypts new objects, as PutBucketEncryption set it: empty text for the AWS managed one. */
    public Optional<String> defaultKey(String bucket) {
        String encryption = bucket(bucket).settings.get("encryption");
        if (encryption == null) {
            return Optional.empty();
        }
        Tree rule = XmlTrees.read(encryption.getBytes(StandardCharsets.UTF_8), "ServerSideEncryptionConfiguration")
                .tree("Rule")
                .tree("ApplyServerSideEncryptionByDefault");
        return rule.text("SSEAlgorithm", "").startsWith("aws:kms")
                ? Optional.of(rule.text("KMSMasterKeyID", ""))
                : Optional.empty();
    }

    String nextVersion(Bucket bucket) {
        return bucket.isVersioned() ? ids.opaqueId() : "null";
    }

    /** Writes an object as an AWS service does. Does nothing if the bucket does not exist. */
    public void write(String bucket, String key, byte[] content) {
        Bucket target = buckets.get(bucket);
        if (target != null) {
            target.put(StoredObject.of(key, nextVersion(target), clock.instant(), content, Map.of())
                    .in(target));
        }
    }

    /** Writes an object as a client does that sends SHA-256 checksums. Several parts are a multipart upload. */
    public void writeWithChecksum(String bucket, String key, byte[]... parts) {
        Bucket target = bucket(bucket);
        String version = nextVersion(target);
        List<byte[]> all = List.of(parts);
        target.put((all.size() == 1
                        ? StoredObject.of(
                                key, version, clock.instant(), parts[0], checksum(ObjectChecksum.of(parts[0])))
                        : StoredObject.ofParts(
                                key, version, clock.instant(), all, checksum(ObjectChecksum.ofParts(all))))
                .in(target));
    }

    private static Map<String, String> checksum(String value) {
        return Map.of(ObjectChecksum.HEADER, value);
    }

    /** Removes an object with all versions, as an AWS service does. */
    public void remove(String bucket, String key) {
        Bucket target = buckets.get(bucket);
        if (target != null) {
            target.versions.remove(key);
        }
    }

    /** Puts an object too large for a test: listings show its size, but its content is empty. */
    public void writeWithSize(String bucket, String key, long size) {
        Bucket target = bucket(bucket);
        target.put(StoredObject.ofSize(key, nextVersion(target), clock.instant(), size));
    }

    /** Whether the object exists. EMR's own buckets and those of other accounts hold every key. */
    public boolean objectExists(String bucketAndKey) {
        int slash = bucketAndKey.indexOf('/');
        String name = slash < 0 ? bucketAndKey : bucketAndKey.substring(0, slash);
        Bucket bucket = buckets.get(name);
        return bucket == null
                ? foreignNames.contains(name) || name.endsWith("elasticmapreduce")
                : bucket.current(bucketAndKey.substring(slash + 1)).isPresent();
    }

    /** Every bucket, in-progress upload and object, with its mutable content. */
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
