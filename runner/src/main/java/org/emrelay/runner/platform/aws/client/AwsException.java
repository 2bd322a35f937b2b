package org.emrelay.runner.platform.aws.client;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** A failed AWS call. Its message names the operation, AWS's error and the remedy. */
public final class AwsException extends RunnerException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final String awsMessage;

    /** What a failure means for the caller. */
    public enum Kind {
        /** Rate limit exceeded. The call had no effect and succeeds later. */
        THROTTLED(""),
        /** AWS or the connection failed. The call may have had an effect. */
        UNAVAILABLE("Check https://health.aws.amazon.com and your network connection, then retry."),
        /** The endpoint cannot be reached. The call had no effect. */
        UNREACHABLE("Check your network connection, --region and --endpoint-url."),
        NOT_FOUND(""),
        /** The resource exists, or S3's {@code If-None-Match} or {@code If-Match} condition failed. */
        ALREADY_EXISTS(""),
        /** Another resource still depends on this one, or a concurrent operation changes it. */
        CONFLICT(""),
        EXPIRED_CREDENTIALS("Refresh your credentials (for example with: aws sso login), then retry."),
        INVALID_CREDENTIALS(
                "Provide valid credentials: --profile NAME, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run:"
                        + " aws configure."),
        ACCESS_DENIED("Ask your AWS administrator for this permission."),
        /** The endpoint does not implement the operation, as is common with AWS emulators. */
        UNSUPPORTED_OPERATION("The endpoint does not support this operation."),
        /** The SDK cannot parse the response. The call may have had an effect. */
        UNREADABLE_RESPONSE(
                "The AWS SDK cannot parse the response: check that the endpoint is AWS or a compatible emulator."),
        LIMIT_EXCEEDED("Request an increase in Service Quotas, or delete unused resources."),
        /** AWS rejected the request itself. */
        INVALID_REQUEST(""),
        /** The AWS settings of the command line or environment are invalid. */
        CONFIGURATION("");

        private final String remedy;

        Kind(String remedy) {
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    private AwsException(Kind kind, String message, String code, String awsMessage, Throwable cause) {
        super(kind == Kind.CONFIGURATION ? ExitCode.USAGE : ExitCode.PLATFORM_FAILED, message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.code = Objects.requireNonNull(code, "code");
        this.awsMessage = Objects.requireNonNull(awsMessage, "awsMessage");
    }

    /**
     * Composes the message: operation, error and remedy.
     *
     * @param operation completes "Could not …", such as {@code create the role x}
     * @param code the AWS error code; empty when the response has none
     * @param awsMessage the error message from AWS
     */
    static AwsException of(Kind kind, String operation, String code, String awsMessage, Throwable cause) {
        String sentence = awsMessage.endsWith(".") ? awsMessage : awsMessage + ".";
        String response = code.isEmpty() ? sentence : code + ": " + sentence;
        String message = "Could not " + operation + ". " + response + (kind.remedy.isEmpty() ? "" : " " + kind.remedy);
        return new AwsException(kind, message, code, awsMessage, cause);
    }

    /** No credentials: operation, what each provider answered, and the remedy, each on a line of its own. */
    static AwsException noCredentials(String operation, NoCredentialsException cause) {
        String message = "Could not " + operation + ". " + cause.getMessage() + "\n" + cause.remedy();
        return new AwsException(Kind.INVALID_CREDENTIALS, message, "", "No credentials found", cause);
    }

    /** An error reported inside a successful response, such as DeleteObjects' {@code Errors}. */
    public static AwsException rejected(String operation, String code, String awsMessage) {
        return of(Kind.INVALID_REQUEST, operation, code, awsMessage, new IllegalStateException(code));
    }

    static AwsException configuration(String message) {
        return new AwsException(Kind.CONFIGURATION, message, "", message, new IllegalArgumentException(message));
    }

    /**
     * Makes calls and handles errors of some kinds, as if the handler's value had been returned.
     *
     * @param kinds the kinds to handle; other errors are thrown
     */
    public static <T> T handle(Supplier<T> calls, Function<AwsException, T> handler, Kind... kinds) {
        try {
            return calls.get();
        } catch (AwsException fault) {
            if (fault.is(kinds)) {
                return handler.apply(fault);
            }
            throw fault;
        }
    }

    public Kind kind() {
        return kind;
    }

    public boolean is(Kind... kinds) {
        return List.of(kinds).contains(kind);
    }

    /** Whether the call may have had an effect, although there is no usable response. */
    public boolean isResponseLost() {
        return is(Kind.UNAVAILABLE, Kind.UNREADABLE_RESPONSE);
    }

    /** Whether AWS or the network may work again without a change by the user. */
    public boolean isOutage() {
        return is(Kind.THROTTLED, Kind.UNAVAILABLE, Kind.UNREACHABLE);
    }

    /** The AWS error code; empty when there was no response. */
    public String code() {
        return code;
    }

    /** The error message from AWS, without operation and remedy. */
    public String awsMessage() {
        return awsMessage;
    }
}
