package org.emrelay.runner.fakeaws.wire;

/** The errors any call may return, with each service's own code and message. */
public final class CommonErrors {
    private static final String CALLER = "arn:aws:iam::123456789012:user/tester";

    private CommonErrors() {}

    public static AwsError throttled(String service) {
        return switch (service) {
            case "elasticmapreduce", "logs" -> new AwsError(400, "ThrottlingException", "Rate exceeded");
            case "firehose" -> new AwsError(503, "ServiceUnavailableException", "Slow down.");
            case "ec2" -> new AwsError(503, "RequestLimitExceeded", "Request limit exceeded.");
            case "s3" -> new AwsError(503, "SlowDown", "Please reduce your request rate.");
            default -> new AwsError(400, "Throttling", "Rate exceeded");
        };
    }

    public static AwsError internal(String service) {
        return switch (service) {
            case "elasticmapreduce" -> new AwsError(500, "InternalServerException", "An internal error occurred.");
            case "ec2" -> new AwsError(500, "InternalError", "An internal error has occurred");
            case "firehose" -> new AwsError(500, "InternalFailure", "Internal service failure.");
            case "s3" -> new AwsError(500, "InternalError", "We encountered an internal error. Please try again.");
            default ->
                new AwsError(500, "ServiceFailure", "The request processing has failed because of an unknown error.");
        };
    }

    public static AwsError unavailable() {
        return new AwsError(
                503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");
    }

    public static AwsError expired(String service) {
        return switch (service) {
            case "elasticmapreduce", "firehose", "logs" ->
                new AwsError(400, "ExpiredTokenException", "The security token included in the request is expired");
            case "ec2" -> new AwsError(400, "RequestExpired", "Request has expired.");
            case "s3" -> new AwsError(400, "ExpiredToken", "The provided token has expired.");
            default -> new AwsError(403, "ExpiredToken", "The security token included in the request is expired");
        };
    }

    public static AwsError denied(String service, String operation, String resource) {
        return denied(service, CALLER, service + ":" + operation, arn(service, resource));
    }

    /** The error of a caller that lacks a permission. */
    public static AwsError denied(String service, String caller, String action, String resourceArn) {
        String reason = "User: " + caller + " is not authorized to perform: " + action + " on resource: " + resourceArn
                + " because no identity-based policy allows the " + action + " action";
        return switch (service) {
            case "elasticmapreduce", "firehose", "logs" -> new AwsError(400, "AccessDeniedException", reason);
            case "ec2" ->
                new AwsError(
                        403,
                        "UnauthorizedOperation",
                        "You are not authorized to perform this operation. " + reason
                                + ". Encoded authorization failure message: c2VjcmV0");
            default -> new AwsError(403, "AccessDenied", reason);
        };
    }

    private static String arn(String service, String resource) {
        return switch (service) {
            case "elasticmapreduce" ->
                "arn:aws:elasticmapreduce:us-east-1:123456789012:cluster/"
                        + (resource.startsWith("j-") ? resource : "*");
            case "ec2" ->
                "arn:aws:ec2:us-east-1:123456789012:security-group/" + (resource.startsWith("sg-") ? resource : "*");
            case "s3" -> "\"arn:aws:s3:::" + resource + "\"";
            case "iam" -> "arn:aws:iam::123456789012:role/" + resource;
            case "firehose" -> "arn:aws:firehose:us-east-1:123456789012:deliverystream/" + resource;
            case "logs" -> "arn:aws:logs:us-east-1:123456789012:log-group:" + resource;
            default -> "*";
        };
    }
}
