package org.emrelay.runner.fakeaws.firehose;

import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The constraints of CreateDeliveryStream in the API model and the developer guide. */
final class DeliveryStreamValidator {
    private DeliveryStreamValidator() {}

    static void validate(Tree request) {
        match("deliveryStreamName", request.text("DeliveryStreamName", ""), "[a-zA-Z0-9_.-]{1,64}");
        match("deliveryStreamType", request.text("DeliveryStreamType", "DirectPut"), "DirectPut");
        Tree destination = request.tree("ExtendedS3DestinationConfiguration");
        match("roleARN", destination.text("RoleARN", ""), "arn:.*:iam::\\d{12}:role/[a-zA-Z_0-9+=,.@\\-_/]+");
        match("bucketARN", destination.text("BucketARN", ""), "arn:.*:s3:::[\\w.\\-]{1,255}");
        match("prefix", destination.text("Prefix", ""), "(?s).{0,1024}");
        match("errorOutputPrefix", destination.text("ErrorOutputPrefix", ""), "(?s).{0,1024}");
        match("compressionFormat", destination.text("CompressionFormat", "UNCOMPRESSED"), "UNCOMPRESSED|GZIP");
        match("fileExtension", destination.text("FileExtension", ""), "|\\.[0-9a-z!\\-_.*'()]{1,127}");
        Tree hints = destination.tree("BufferingHints");
        if (hints.has("SizeInMBs") != hints.has("IntervalInSeconds")) {
            throw new AwsError(
                    400, "InvalidArgumentException", "SizeInMBs and IntervalInSeconds must be given together.");
        }
        between("sizeInMBs", hints.number("SizeInMBs", 5), 1, 128);
        between("intervalInSeconds", hints.number("IntervalInSeconds", 300), 0, 900);
        validatePrefixes(destination.text("Prefix", ""), destination.text("ErrorOutputPrefix", ""));
        String keyType =
                request.tree("DeliveryStreamEncryptionConfigurationInput").text("KeyType", "AWS_OWNED_CMK");
        match("keyType", keyType, "AWS_OWNED_CMK|CUSTOMER_MANAGED_CMK");
        between("tags", request.trees("Tags").size(), 0, 50);
        for (Tree tag : request.trees("Tags")) {
            match("key", tag.text("Key", ""), "(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@%]{1,128}");
            match("value", tag.text("Value", ""), "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@%]{0,256}");
        }
    }

    private static void validatePrefixes(String prefix, String errorPrefix) {
        FirehosePrefix.validate(prefix);
        FirehosePrefix.validate(errorPrefix);
        if (FirehosePrefix.hasErrorType(prefix)) {
            throw new AwsError(400, "InvalidArgumentException", "Prefix cannot contain !{firehose:error-output-type}.");
        }
        if (FirehosePrefix.hasExpression(prefix) && !FirehosePrefix.hasErrorType(errorPrefix)) {
            throw new AwsError(
                    400,
                    "InvalidArgumentException",
                    "ErrorOutputPrefix must contain !{firehose:error-output-type} if Prefix has expressions.");
        }
    }

    private static void match(String field, String value, String pattern) {
        if (!value.matches(pattern)) {
            throw invalid(field, value, "Member must satisfy regular expression pattern: " + pattern);
        }
    }

    private static void between(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw invalid(field, String.valueOf(value), "Member must have value between " + min + " and " + max);
        }
    }

    static AwsError invalid(String field, String value, String constraint) {
        return new AwsError(
                400,
                "ValidationException",
                "1 validation error detected: Value '" + value + "' at '" + field + "' failed to satisfy constraint: "
                        + constraint);
    }
}
