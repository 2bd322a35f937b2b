package org.emrelay.runner.diagnosis;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Suggests what to do after an AccessDenied error, mostly from S3. On EMR, a step may write to its output and to what its
 * {@code writes} name, so a write that was denied names that key.
 */
final class AccessDeniedHint {
    private static final Pattern FULL_MESSAGE =
            Pattern.compile("not authorized to perform:? ([a-z0-9-]+:\\w+)(?: on resource:? \"?(arn:[^\\s\"]+))?");
    private static final Pattern BOTO_MESSAGE =
            Pattern.compile("An error occurred \\((?:AccessDenied|403)\\) when calling the (\\w+) operation");
    private static final Pattern S3_MESSAGE = Pattern.compile(
            "(?s)(?:S3|s3).*(?:Status Code: 403|AccessDenied|Access Denied|403 Forbidden)|AccessDenied.*s3");
    private static final Pattern URI = Pattern.compile("s3[an]?://([\\w.-]+)(?:/([^\\s:,;'\"`)\\]]*))?");

    private static final Pattern S3_ARN = Pattern.compile("arn:[a-z-]+:s3:::([^/]+)(?:/(.*))?");
    private static final Pattern WRITE_ACTION = Pattern.compile("s3:(?:Put|Delete|Abort)\\w*");

    /** The names that S3A gives to operations that write. */
    private static final Pattern S3A_WRITE = Pattern.compile(
            "PUT |Writing Object|upload part|initiate MultiPartUpload|Completing multipart|innerMkdirs|copyFile|: delete on");

    /** Where the files of an output begin. */
    private static final Pattern OUTPUT_FILE = Pattern.compile("/(?:_temporary|__magic|_SUCCESS|part-)(?:.*)$");

    private static final String ADD_LOCATION = "Add the location to the step's writes";
    private static final String PRINCIPAL = "the cluster's node role (locally: your AWS credentials)";

    private AccessDeniedHint() {}

    /** @param lastUri the last S3 URI in the log before the error; empty for none */
    static Optional<String> of(String message, String lastUri) {
        Matcher full = FULL_MESSAGE.matcher(message);
        if (full.find()) {
            String grant = full.group(1) + (full.group(2) == null ? "" : " on " + full.group(2));
            return Optional.of(orGrant(writesHint(full.group(1), full.group(2)), grant));
        }
        Matcher boto = BOTO_MESSAGE.matcher(message);
        if (boto.find()) {
            String action = "s3:" + actionOf(boto.group(1));
            return Optional.of(orGrant(writesHint(action, null), action + " on the bucket") + lastUriHint(lastUri));
        }
        return S3_MESSAGE.matcher(message).find() ? Optional.of(s3Hint(message, lastUri)) : Optional.empty();
    }

    private static String orGrant(String hint, String grant) {
        return (hint.isEmpty() ? "Grant " : hint + ", or grant ") + grant + " to " + PRINCIPAL + ".";
    }

    /** Empty unless the action writes to S3. */
    private static String writesHint(String action, @Nullable String arn) {
        if (!WRITE_ACTION.matcher(action).matches()) {
            return "";
        }
        Matcher resource = S3_ARN.matcher(Objects.requireNonNullElse(arn, ""));
        return resource.matches()
                ? writesHint(resource.group(1), Objects.requireNonNullElse(resource.group(2), ""), true)
                : ADD_LOCATION;
    }

    private static String writesHint(String bucket, String key, boolean isFile) {
        String folder = OUTPUT_FILE.matcher(key).replaceFirst("");
        if (isFile && folder.equals(key) && !key.endsWith("/")) {
            folder = key.substring(0, Math.max(0, key.lastIndexOf('/')));
        }
        folder = folder.replaceFirst("/+$", "");
        return "Add s3://" + bucket + (folder.isEmpty() ? "" : "/" + folder) + " to the step's writes";
    }

    /** Some S3 operations have an IAM action of another name. */
    private static String actionOf(String operation) {
        return switch (operation) {
            case "HeadObject" -> "GetObject";
            case "ListObjectsV2", "ListObjects", "HeadBucket" -> "ListBucket";
            case "CreateMultipartUpload", "UploadPart" -> "PutObject";
            case "DeleteObjects" -> "DeleteObject";
            default -> operation;
        };
    }

    private static String s3Hint(String message, String lastUri) {
        Matcher uri = URI.matcher(message);
        boolean isWrite = S3A_WRITE.matcher(message).find();
        if (!uri.find() && isWrite) {
            return orGrant(ADD_LOCATION, "s3:GetObject, s3:PutObject and s3:DeleteObject on it") + lastUriHint(lastUri);
        } else if (!uri.find(0)) {
            return "Grant read or write access to the bucket and key to " + PRINCIPAL + "." + lastUriHint(lastUri);
        }
        String bucket = uri.group(1);
        String key = uri.group(2) == null ? "" : uri.group(2);
        if (isWrite) {
            return orGrant(
                    writesHint(bucket, key, false),
                    "s3:ListBucket on the bucket " + bucket + " and s3:GetObject, s3:PutObject and s3:DeleteObject on "
                            + bucket + "/" + key + (key.isEmpty() || key.endsWith("/") ? "*" : ""));
        }
        return "Grant s3:ListBucket on the bucket " + bucket + " and s3:GetObject (for writes also s3:PutObject and"
                + " s3:DeleteObject) on " + bucket + "/" + key + (key.isEmpty() || key.endsWith("/") ? "*" : "")
                + " to " + PRINCIPAL + ".";
    }

    private static String lastUriHint(String lastUri) {
        return lastUri.isEmpty() ? "" : " Last S3 URI in the log before the error: " + lastUri + ".";
    }

    /** The last S3 URI in a line. Must be cheap: it runs for every line. */
    static Optional<String> lastUri(String text) {
        if (!text.contains("://")) {
            return Optional.empty();
        }
        int end = text.lastIndexOf("://");
        if (end < 2 || text.lastIndexOf("s3", end) < end - 3) {
            return Optional.empty();
        }
        Matcher uri = URI.matcher(text);
        Optional<String> last = Optional.empty();
        while (uri.find()) {
            last = Optional.of(uri.group());
        }
        return last;
    }
}
