package org.emrelay.runner.platform.aws.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Maps SDK exceptions to {@link AwsException} kinds, by error code, HTTP status or message. */
final class AwsErrorClassifier {
    private static final int MIN_SERVER_ERROR_STATUS = 500;

    private static final Map<Kind, Set<String>> CODES = Map.of(
            Kind.THROTTLED,
            Set.of(
                    "Throttling",
                    "ThrottlingException",
                    "ThrottledException",
                    "RequestThrottled",
                    "RequestThrottledException",
                    "RequestLimitExceeded",
                    "TooManyRequestsException",
                    "EC2ThrottledException",
                    "BandwidthLimitExceeded",
                    "SlowDown"),
            Kind.NOT_FOUND,
            Set.of(
                    "NoSuchEntity",
                    "NoSuchBucket",
                    "NoSuchKey",
                    "NoSuchTagSet",
                    "NotFound",
                    "ResourceNotFoundException",
                    "InvalidGroup.NotFound",
                    "InvalidGroupId.NotFound",
                    "InvalidPermission.NotFound",
                    "InvalidSubnetID.NotFound",
                    "InvalidVpcID.NotFound"),
            Kind.ALREADY_EXISTS,
            Set.of(
                    "EntityAlreadyExists",
                    "InvalidGroup.Duplicate",
                    "InvalidPermission.Duplicate",
                    "BucketAlreadyOwnedByYou",
                    "ResourceAlreadyExistsException",
                    "PreconditionFailed"),
            Kind.CONFLICT,
            Set.of(
                    "DependencyViolation",
                    "InvalidGroup.InUse",
                    "DeleteConflict",
                    "ConcurrentModification",
                    "OperationAborted",
                    "OperationAbortedException",
                    "ResourceInUseException",
                    "ConditionalRequestConflict",
                    "BucketNotEmpty"),
            Kind.EXPIRED_CREDENTIALS,
            Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"),
            Kind.INVALID_CREDENTIALS,
            Set.of(
                    "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidSignatureException",
                    "IncompleteSignature",
                    "AuthFailure",
                    "MissingAuthenticationToken"),
            Kind.ACCESS_DENIED,
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden"),
            Kind.UNSUPPORTED_OPERATION,
            Set.of(
                    "UnknownOperationException",
                    "UnknownOperation",
                    "InvalidAction",
                    "NotImplemented",
                    "UnsupportedOperation"),
            Kind.LIMIT_EXCEEDED,
            Set.of(
                    "LimitExceeded",
                    "LimitExceededException",
                    "TooManyBuckets",
                    "SecurityGroupLimitExceeded",
                    "RulesPerSecurityGroupLimitExceeded"));

    private AwsErrorClassifier() {}

    static AwsException classify(String operation, SdkException exception) {
        if (exception instanceof AwsServiceException response && response.awsErrorDetails() != null) {
            AwsErrorDetails details = response.awsErrorDetails();
            String code = Objects.requireNonNullElse(details.errorCode(), "");
            String message = Objects.requireNonNullElse(details.errorMessage(), "HTTP status " + response.statusCode());
            return AwsException.of(kind(response, code, message), operation, code, message, exception);
        } else if (exception instanceof SdkServiceException response) {
            return AwsException.of(
                    kind(response, "", ""), operation, "", "HTTP status " + response.statusCode(), exception);
        }
        return clientSideFault(operation, exception);
    }

    private static Kind kind(SdkServiceException response, String code, String message) {
        for (Map.Entry<Kind, Set<String>> known : CODES.entrySet()) {
            if (known.getValue().contains(code)) {
                return known.getKey();
            }
        }
        if (response.isThrottlingException()) {
            return Kind.THROTTLED;
        } else if (response.statusCode() == 501) {
            return Kind.UNSUPPORTED_OPERATION;
        } else if (response.statusCode() >= MIN_SERVER_ERROR_STATUS) {
            return Kind.UNAVAILABLE;
        } else if (response.statusCode() == 404) {
            return Kind.NOT_FOUND;
        } else if (response.statusCode() == 403 && code.isEmpty()) {
            return Kind.ACCESS_DENIED;
        } else if (code.isEmpty()) {
            // Every AWS rejection has an error code, so this response was truncated.
            return Kind.UNAVAILABLE;
        }
        return kindFromMessage(message);
    }

    /** EMR uses one error code for every rejection. */
    private static Kind kindFromMessage(String message) {
        if (message.matches("(?s)Cluster id '.*' is not valid\\.?|.*[Ss]ecurity ?[Cc]onfiguration.*does not exist.*")) {
            return Kind.NOT_FOUND;
        } else if (message.matches("(?s).*[Ss]ecurity ?[Cc]onfiguration.*already exists.*")) {
            return Kind.ALREADY_EXISTS;
        } else if (message.matches("(?s).*\\bin use\\b.*")) {
            return Kind.CONFLICT;
        } else if (message.matches("(?is).*number of active steps.*")) {
            return Kind.LIMIT_EXCEEDED;
        }
        return Kind.INVALID_REQUEST;
    }

    private static AwsException clientSideFault(String operation, SdkException exception) {
        if (exception instanceof NoCredentialsException noCredentials) {
            return AwsException.noCredentials(operation, noCredentials);
        }
        String message = rootCauseMessage(exception);
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return AwsException.of(Kind.UNREACHABLE, operation, "", message, exception);
            } else if (cause instanceof IOException) {
                return AwsException.of(Kind.UNAVAILABLE, operation, "", message, exception);
            }
        }
        if (String.valueOf(exception.getMessage()).startsWith("Unable to unmarshall response")) {
            if (message.contains("Premature end of")) {
                // The connection broke within the response, and the SDK's XML parser hides the IOException.
                return AwsException.of(Kind.UNAVAILABLE, operation, "", "The response was truncated", exception);
            }
            return AwsException.of(Kind.UNREADABLE_RESPONSE, operation, "", message, exception);
        }
        return AwsException.of(Kind.UNAVAILABLE, operation, "", message, exception);
    }

    private static String rootCauseMessage(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
