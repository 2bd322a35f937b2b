package org.emrelay.runner.stream.source;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A connection ended or was not established; the source reconnects after a pause. */
final class ConnectionLostException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_REASON = 200;

    private final Cause kind;
    private final @Nullable Instant notBefore;

    /** The kind of failure, which decides how long the source waits. */
    enum Cause {
        NETWORK,
        SERVER,
        RATE_LIMIT
    }

    ConnectionLostException(Cause kind, String reason) {
        this(kind, reason, null);
    }

    /** @param notBefore when the server accepts requests again; null if unknown */
    ConnectionLostException(Cause kind, String reason, @Nullable Instant notBefore) {
        super(oneLine(reason));
        this.kind = Objects.requireNonNull(kind, "kind");
        this.notBefore = notBefore;
    }

    static ConnectionLostException network(Throwable error) {
        Throwable cause = error;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String reason =
                message == null || message.isBlank() ? words(cause.getClass().getSimpleName()) : message;
        return new ConnectionLostException(Cause.NETWORK, reason);
    }

    /** Java's HTTP client reports an unknown host as the cause of a ConnectException without a message. */
    private static boolean isWrapper(Throwable error) {
        return error instanceof ExecutionException
                || error instanceof CompletionException
                || (error instanceof ConnectException && error.getCause() instanceof UnresolvedAddressException);
    }

    Cause kind() {
        return kind;
    }

    @Nullable
    Instant notBefore() {
        return notBefore;
    }

    String reason() {
        return Objects.requireNonNull(getMessage(), "set on construction");
    }

    /** Java's exceptions often have a meaningful name but no message: ConnectException, UnresolvedAddressException. */
    private static String words(String className) {
        if (className.equals("ConnectException")) {
            return "connection refused";
        } else if (className.equals("UnresolvedAddressException")) {
            return "unknown host";
        }
        return className
                .replaceAll("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(java.util.Locale.ROOT);
    }

    /** Shortens text from a server, which is untrusted and may have any length and control characters. */
    static String oneLine(String text) {
        String start = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "…" : text;
        return start.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
