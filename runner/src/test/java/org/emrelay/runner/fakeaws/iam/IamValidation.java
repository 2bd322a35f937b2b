package org.emrelay.runner.fakeaws.iam;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** Validates names, paths and tags with IAM's own limits and messages. */
final class IamValidation {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final int MAX_TAGS = 50;

    private IamValidation() {}

    /** The name under a required parameter. */
    static String requiredName(Tree request, String key, int maxLength) {
        String parameter = Character.toLowerCase(key.charAt(0)) + key.substring(1);
        String value = request.text(key);
        if (value == null) {
            throw invalid(parameter, "Member must not be null");
        }
        if (value.isEmpty()) {
            throw invalid(parameter, "Member must have length greater than or equal to 1");
        }
        if (value.length() > maxLength) {
            throw invalid(parameter, "Member must have length less than or equal to " + maxLength);
        }
        if (!NAME.matcher(value).matches()) {
            throw new AwsError(
                    400,
                    "ValidationError",
                    "The specified value for " + parameter
                            + " is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }
        return value;
    }

    static String path(Tree request) {
        String path = request.text("Path", "/");
        if (!path.matches("/|/[!-~]+/")) {
            throw new AwsError(
                    400,
                    "ValidationError",
                    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");
        }
        return path;
    }

    static int pageSize(Tree request) {
        int size = request.number("MaxItems", 100);
        if (size < 1 || size > 1000) {
            throw invalid("maxItems", "Member must have value between 1 and 1000");
        }
        return size;
    }

    static void putTags(Map<String, String> tags, List<Tree> newTags) {
        for (Tree tag : newTags) {
            String key = tag.text("Key", "");
            String value = tag.text("Value", "");
            if (key.isEmpty() || key.length() > 128 || !TAG.matcher(key).matches()) {
                throw invalid("tags.1.member.key", "Member must satisfy regular expression pattern: " + TAG);
            }
            if (value.length() > 256 || !TAG.matcher(value).matches()) {
                throw invalid("tags.1.member.value", "Member must satisfy regular expression pattern: " + TAG);
            }
            if (key.startsWith("aws:")) {
                throw new AwsError(400, "InvalidInput", "Tag keys starting with 'aws:' are reserved for system use");
            }
            tags.put(key, value);
        }
        if (tags.size() > MAX_TAGS) {
            throw new AwsError(
                    409, "LimitExceeded", "The number of tags has reached the maximum limit of " + MAX_TAGS + ".");
        }
    }

    static @Nullable String description(Tree request) {
        String description = request.text("Description");
        if (description != null && description.length() > 1000) {
            throw invalid("description", "Member must have length less than or equal to 1000");
        }
        return description;
    }

    static AwsError invalid(String parameter, String constraint) {
        return new AwsError(
                400,
                "ValidationError",
                "1 validation error detected: Value at '" + parameter + "' failed to satisfy constraint: "
                        + constraint);
    }
}
