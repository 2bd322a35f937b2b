package org.emrelay.runner.parse;

import java.util.regex.Pattern;
import org.emrelay.runner.model.ClusterStorage;
import org.jspecify.annotations.Nullable;

/** Reads where the workspace and the logs lie. */
final class StorageParser {
    private static final Pattern BUCKET = Pattern.compile(
            "(?!xn--|sthree-)(?!.*(-s3alias|--ol-s3)$)(?!.*\\.\\.)(?![0-9.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    /** What a tag can hold too: the cluster bears one that says where its runs are kept. */
    private static final Pattern PREFIX = Pattern.compile("[\\w.=-]+(/[\\w.=-]+)*");

    private static final Pattern LOG_URI = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\\w!.*'()=/-]*)?");

    private final ClusterFields fields;
    private final Problems problems;

    StorageParser(ClusterFields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    ClusterStorage read(ClusterFile file) {
        return new ClusterStorage(
                bucket(file.bucket()),
                prefix(file),
                fields.matching(file.logUri(), LOG_URI, "a place for logs, such as s3://bucket/logs", "LogUri"),
                fields.matching(
                        file.logEncryptionKmsKeyId(),
                        IamParser.keyPattern(),
                        IamParser.A_KEY,
                        "LogEncryptionKmsKeyId"));
    }

    private @Nullable String bucket(@Nullable String bucket) {
        if (bucket == null || BUCKET.matcher(bucket).matches()) {
            return bucket;
        }
        problems.error(
                "bucket",
                "'" + RecordBinder.shortened(bucket) + "' is not the name of a bucket.",
                bucket.contains("/")
                        ? "Write its name alone, without s3://; what follows it goes into prefix."
                        : "A name has 3 to 63 characters: lower-case letters, digits, hyphens and dots.");
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
                    "stands without bucket: a bucket that is made for the cluster needs none.",
                    "Name your bucket, or remove prefix.");
        }
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        boolean usable = PREFIX.matcher(trimmed).matches()
                && trimmed.length() <= 200
                && !("/" + trimmed + "/").contains("/../")
                && !("/" + trimmed + "/").contains("/./");
        if (!usable) {
            problems.error(
                    "prefix",
                    "'" + RecordBinder.shortened(prefix) + "' cannot begin the keys of a workspace.",
                    "Write names with slashes between them, such as team/pipelines.");
            return "";
        }
        return trimmed;
    }
}
