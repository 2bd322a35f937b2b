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

/** Tells by an error's code, and where AWS gives all errors one code by its words, what kind of fault it is. */
final class AwsErrorClassifier {
    private static final int SERVER_ERROR = 500;

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
            Kind.ABSENT,
            Set.of(
                    "NoSuchEntity",
                    "NoSuchBucket",
                    "NoSuchKey",
                    "NoSuchTagSet",
                    "NotFound",
                    "InvalidGroup.NotFound",
                    "InvalidGroupId.NotFound",
                    "InvalidPermission.NotFound",
                    "InvalidSubnetID.NotFound",
                    "InvalidVpcID.NotFound"),
            Kind.ALREADY_THERE,
            Set.of(
                    "EntityAlreadyExists",
                    "InvalidGroup.Duplicate",
                    "InvalidPermission.Duplicate",
                    "BucketAlreadyOwnedByYou",
                    "PreconditionFailed"),
            Kind.IN_USE,
            Set.of(
                    "DependencyViolation",
                    "InvalidGroup.InUse",
                    "DeleteConflict",
                    "ConcurrentModification",
                    "OperationAborted",
                    "ConditionalRequestConflict",
                    "BucketNotEmpty"),
            Kind.EXPIRED,
            Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"),
            Kind.CREDENTIALS,
            Set.of(
                    "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidSignatureException",
                    "IncompleteSignature",
                    "AuthFailure",
                    "MissingAuthenticationToken"),
            Kind.DENIED,
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden"),
            Kind.UNKNOWN_CALL,
            Set.of(
                    "UnknownOperationException",
                    "UnknownOperation",
                    "InvalidAction",
                    "NotImplemented",
                    "UnsupportedOperation"),
            Kind.LIMIT,
            Set.of(
                    "LimitExceeded",
                    "TooManyBuckets",
                    "SecurityGroupLimitExceeded",
                    "RulesPerSecurityGroupLimitExceeded"));

    private static final Set<Integer> WITHOUT_CODE_ABSENT = Set.of(404);

    private AwsErrorClassifier() {}

    static AwsException fault(String asked, SdkException exception) {
        if (exception instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            AwsErrorDetails details = answer.awsErrorDetails();
            String code = Objects.requireNonNullElse(details.errorCode(), "");
            String said = Objects.requireNonNullElse(details.errorMessage(), "HTTP status " + answer.statusCode());
            return AwsException.of(kind(answer, code, said), asked, code, said, exception);
        } else if (exception instanceof SdkServiceException answer) {
            return AwsException.of(kind(answer, "", ""), asked, "", "HTTP status " + answer.statusCode(), exception);
        }
        return withoutAnswer(asked, exception);
    }

    private static Kind kind(SdkServiceException answer, String code, String said) {
        for (Map.Entry<Kind, Set<String>> known : CODES.entrySet()) {
            if (known.getValue().contains(code)) {
                return known.getKey();
            }
        }
        if (answer.isThrottlingException()) {
            return Kind.THROTTLED;
        } else if (answer.statusCode() == 501) {
            return Kind.UNKNOWN_CALL;
        } else if (answer.statusCode() >= SERVER_ERROR) {
            return Kind.UNAVAILABLE;
        } else if (WITHOUT_CODE_ABSENT.contains(answer.statusCode())) {
            return Kind.ABSENT;
        } else if (answer.statusCode() == 403 && code.isEmpty()) {
            return Kind.DENIED;
        } else if (code.isEmpty()) {
            // AWS names each of its refusals: of this one only a part arrived.
            return Kind.UNAVAILABLE;
        }
        return byWords(said);
    }

    /** EMR has one code for whatever it does not like. */
    private static Kind byWords(String said) {
        if (said.matches("(?s)Cluster id '.*' is not valid\\.?|.*[Ss]ecurity [Cc]onfiguration.*does not exist.*")) {
            return Kind.ABSENT;
        } else if (said.matches("(?s).*[Ss]ecurity [Cc]onfiguration.*already exists.*")) {
            return Kind.ALREADY_THERE;
        }
        return Kind.INVALID;
    }

    private static AwsException withoutAnswer(String asked, SdkException exception) {
        String said = deepest(exception);
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return AwsException.of(Kind.UNREACHABLE, asked, "", said, exception);
            } else if (cause instanceof IOException) {
                return AwsException.of(Kind.UNAVAILABLE, asked, "", said, exception);
            }
        }
        if (String.valueOf(exception.getMessage()).startsWith("Unable to unmarshall response")) {
            if (said.contains("Premature end of")) {
                // The connection broke within the answer, and the parser of XML hides that this was an IOException.
                return AwsException.of(Kind.UNAVAILABLE, asked, "", "The answer was cut off", exception);
            }
            return AwsException.of(Kind.UNREADABLE, asked, "", said, exception);
        }
        boolean credentials = String.valueOf(exception.getMessage()).matches("(?is).*(credentials|profile|token).*");
        return credentials
                ? AwsException.of(Kind.CREDENTIALS, asked, "", "No credentials were found", exception)
                : AwsException.of(Kind.UNAVAILABLE, asked, "", said, exception);
    }

    private static String deepest(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
