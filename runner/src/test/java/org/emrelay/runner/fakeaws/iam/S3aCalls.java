package org.emrelay.runner.fakeaws.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls that S3A and EMRFS make on a bucket, checked against policies. Collects those that are denied. */
public final class S3aCalls {
    private final PolicyEvaluator policies;
    private final String bucket;
    private final List<String> denied = new ArrayList<>();

    /** @param policies policy documents of one role */
    public S3aCalls(String bucket, List<String> policies) {
        this.policies = new PolicyEvaluator(policies);
        this.bucket = "arn:aws:s3:::" + bucket;
    }

    /** The calls that were denied since the last call of this method. */
    public List<String> denied() {
        List<String> result = List.copyOf(denied);
        denied.clear();
        return result;
    }

    private void call(String action, String resource, Map<String, String> context) {
        if (!policies.allows(action, resource, context)) {
            denied.add(action + " " + resource + (context.isEmpty() ? "" : " " + context));
        }
    }

    public void object(String action, String key) {
        call(action, bucket + "/" + key, Map.of());
    }

    /** HEAD of a key without object: 404 if the caller may list the bucket, else 403. There is no prefix parameter. */
    private void headMissing(String key) {
        object("s3:GetObject", key);
        call("s3:ListBucket", bucket, Map.of());
    }

    private void list(String prefix) {
        call("s3:ListBucket", bucket, Map.of("s3:prefix", prefix, "s3:delimiter", "/", "s3:max-keys", "2"));
    }

    /** S3A's getFileStatus of a directory: HEAD of the key, then LIST below it. */
    public void statusOfDirectory(String key) {
        headMissing(key);
        list(key + "/");
    }

    public void read(String directory) {
        statusOfDirectory(directory);
        list(directory + "/");
        object("s3:GetObject", directory + "/part-0");
    }

    /**
     * Writes a directory that does not exist.
     *
     * @param existing the folder above it that exists; empty for the bucket
     */
    public void write(String directory, String existing) {
        if (!existing.isEmpty()) {
            statusOfDirectory(existing);
        }
        missing(directory, existing).forEach(this::statusOfDirectory);
        statusOfDirectory(directory + "/_temporary/0");
        object("s3:PutObject", directory + "/_temporary/0/");
        object("s3:PutObject", directory + "/part-0");
        call("s3:ListBucketMultipartUploads", bucket, Map.of("s3:prefix", directory + "/"));
        object("s3:ListMultipartUploadParts", directory + "/part-0");
        object("s3:AbortMultipartUpload", directory + "/part-0");
        object("s3:DeleteObject", directory + "/_temporary/0/");
        object("s3:PutObject", directory + "/_SUCCESS");
    }

    /** Deletes a directory, as Spark does in the mode overwrite. S3A then keeps its parent as an empty object. */
    public void delete(String directory) {
        object("s3:DeleteObject", directory + "/part-0");
        int parent = directory.lastIndexOf('/');
        if (parent > 0) {
            object("s3:PutObject", directory.substring(0, parent + 1));
        }
    }

    /** EMRFS, up to release 7.9, marks each folder that does not exist. */
    public void writeWithEmrfs(String directory, String existing) {
        missing(directory, existing).forEach(folder -> object("s3:PutObject", folder + "_$folder$"));
        write(directory, existing);
    }

    private static List<String> missing(String directory, String existing) {
        List<String> missing = new ArrayList<>();
        for (String folder = directory;
                folder.length() > existing.length();
                folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')))) {
            missing.add(folder);
        }
        return missing;
    }
}
