package org.emrelay.runner.diagnosis;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to allow where AWS refused something, mostly an object in S3: the action and the place, as far as they can be told. */
final class AccessDeniedHint {
    private static final Pattern TOLD_IN_FULL =
            Pattern.compile("not authorized to perform:? ([a-z0-9-]+:\\w+)(?: on resource:? \"?(arn:[^\\s\"]+))?");
    private static final Pattern OF_PYTHONS_CLIENT =
            Pattern.compile("An error occurred \\((?:AccessDenied|403)\\) when calling the (\\w+) operation");
    private static final Pattern OF_S3 = Pattern.compile(
            "(?s)(?:S3|s3).*(?:Status Code: 403|AccessDenied|Access Denied|403 Forbidden)|AccessDenied.*s3");
    private static final Pattern URI = Pattern.compile("s3[an]?://([\\w.-]+)(?:/([^\\s:,;'\"`)\\]]*))?");

    /** Where the name of a call is not that of the permission. */
    private static final Map<String, String> PERMISSIONS = Map.of(
            "HeadObject",
            "GetObject",
            "ListObjectsV2",
            "ListBucket",
            "ListObjects",
            "ListBucket",
            "HeadBucket",
            "ListBucket",
            "CreateMultipartUpload",
            "PutObject",
            "UploadPart",
            "PutObject",
            "DeleteObjects",
            "DeleteObject");

    private static final String WHO = "the cluster's node role (locally: your own credentials)";

    private AccessDeniedHint() {}

    /** @param before the last S3 URI that the log named before the refusal, empty where it named none */
    static Optional<String> advice(String message, String before) {
        Matcher told = TOLD_IN_FULL.matcher(message);
        if (told.find()) {
            return Optional.of("Allow " + told.group(1) + (told.group(2) == null ? "" : " on " + told.group(2)) + " to "
                    + WHO + ".");
        }
        Matcher python = OF_PYTHONS_CLIENT.matcher(message);
        if (python.find()) {
            String permission = PERMISSIONS.getOrDefault(python.group(1), python.group(1));
            return Optional.of("Allow s3:" + permission + " on that bucket to " + WHO + "." + lastNamed(before));
        }
        return OF_S3.matcher(message).find() ? Optional.of(ofPlace(message, before)) : Optional.empty();
    }

    private static String ofPlace(String message, String before) {
        Matcher place = URI.matcher(message);
        if (!place.find()) {
            return "Let " + WHO + " read or write that bucket and key." + lastNamed(before);
        }
        String bucket = place.group(1);
        String key = place.group(2) == null ? "" : place.group(2);
        return "Allow s3:ListBucket on the bucket " + bucket + ", and s3:GetObject (to write also s3:PutObject and"
                + " s3:DeleteObject) on " + bucket + "/" + key + (key.isEmpty() || key.endsWith("/") ? "*" : "")
                + ", to " + WHO + ".";
    }

    private static String lastNamed(String before) {
        return before.isEmpty() ? "" : " The last place that the log names before it is " + before + ".";
    }

    /** The last S3 URI of a line. Cheap, for it is asked of each. */
    static Optional<String> lastUri(String text) {
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
