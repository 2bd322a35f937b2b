package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.util.regex.Pattern;
import org.emrelay.runner.model.Cluster;
import org.jspecify.annotations.Nullable;

/** Parses the S3 locations of workspace and logs. */
record StorageParser(Problems problems) {
    private static final Pattern BUCKET = Pattern.compile(
            "(?!xn--|sthree-)(?!.*(-s3alias|--ol-s3)$)(?!.*\\.\\.)(?![0-9.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    /** Limited to characters that a tag value allows, because the cluster is tagged with the workspace location. */
    private static final Pattern PREFIX = Pattern.compile("[\\w.=-]+(/[\\w.=-]+)*");

    private static final Pattern LOG_URI = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\\w!.*'()=/-]*)?");

    Cluster.Storage parse(ClusterFile file) {
        return new Cluster.Storage(
                bucket(problems, file.bucket(), "bucket"),
                prefix(file),
                problems.matching(file.logUri(), LOG_URI, "a log location, such as s3://bucket/logs", "LogUri"),
                problems.matching(
                        file.logEncryptionKmsKeyId(),
                        IamParser.keyPattern(),
                        IamParser.KEY_DESCRIPTION,
                        "LogEncryptionKmsKeyId"));
    }

    static @Nullable String bucket(Problems problems, @Nullable String bucket, String path) {
        if (bucket == null || BUCKET.matcher(bucket).matches()) {
            return bucket;
        }
        problems.error(
                path,
                quoted(bucket) + " is not a valid bucket name.",
                bucket.contains("/")
                        ? "Use the bare name without s3://, and put the path into prefix."
                        : "Bucket names have 3 to 63 characters: lowercase letters, digits, hyphens and dots.");
        return null;
    }

    private String prefix(ClusterFile file) {
        String prefix = file.prefix();
        if (prefix == null) {
            return "";
        }
        if (file.bucket() == null) {
            problems.error(
                    "prefix",
                    "is only allowed with bucket: a bucket created for the cluster has no prefix.",
                    "Set bucket, or remove prefix.");
        }
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        boolean valid = PREFIX.matcher(trimmed).matches()
                && trimmed.length() <= 200
                && !("/" + trimmed + "/").contains("/../")
                && !("/" + trimmed + "/").contains("/./");
        if (!valid) {
            problems.error(
                    "prefix",
                    quoted(prefix) + " is not a valid key prefix.",
                    "Use names separated by slashes, such as team/pipelines.");
            return "";
        }
        return trimmed;
    }
}
