package org.emrelay.runner.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Suggests the IAM permission to grant after an AccessDenied error, mostly from S3. */
final class AccessDeniedHint {
    private static final Pattern FULL_MESSAGE =
            Pattern.compile("not authorized to perform:? ([a-z0-9-]+:\\w+)(?: on resource:? \"?(arn:[^\\s\"]+))?");
    private static final Pattern BOTO_MESSAGE =
            Pattern.compile("An error occurred \\((?:AccessDenied|403)\\) when calling the (\\w+) operation");
    private static final Pattern S3_MESSAGE = Pattern.compile(
            "(?s)(?:S3|s3).*(?:Status Code: 403|AccessDenied|Access Denied|403 Forbidden)|AccessDenied.*s3");
    private static final Pattern URI = Pattern.compile("s3[an]?://([\\w.-]+)(?:/([^\\s:,;'\"`)\\]]*))?");

    private static final String PRINCIPAL = "the cluster's node role (locally: your AWS credentials)";

    private AccessDeniedHint() {}

    /** @param lastUri the last S3 URI in the log before the error; empty for none */
    static Optional<String> of(String message, String lastUri) {
        Matcher full = FULL_MESSAGE.matcher(message);
        if (full.find()) {
            return Optional.of("Grant " + full.group(1) + (full.group(2) == null ? "" : " on " + full.group(2)) + " to "
                    + PRINCIPAL + ".");
        }
        Matcher boto = BOTO_MESSAGE.matcher(message);
        if (boto.find()) {
            return Optional.of("Grant s3:" + actionOf(boto.group(1)) + " on the bucket to " + PRINCIPAL + "."
                    + lastUriHint(lastUri));
        }
        return S3_MESSAGE.matcher(message).find() ? Optional.of(s3Hint(message, lastUri)) : Optional.empty();
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
        if (!uri.find()) {
            return "Grant read or write access to the bucket and key to " + PRINCIPAL + "." + lastUriHint(lastUri);
        }
        String bucket = uri.group(1);
        String key = uri.group(2) == null ? "" : uri.group(2);
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
