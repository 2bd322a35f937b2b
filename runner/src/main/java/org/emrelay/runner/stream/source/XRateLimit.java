package org.emrelay.runner.stream.source;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Determines why X returned HTTP 429, and when it accepts requests again.
 *
 * <p>A guess, never tried on X: for a second connection, X returns HTTP 429 although {@code x-rate-limit-remaining} is not zero. The other
 * connection may last for hours, so {@code x-rate-limit-reset} is then ignored.
 */
final class XRateLimit {
    private XRateLimit() {}

    static ConnectionLostException lost(XProblem problem, String answer, HttpHeaders headers) {
        if (problem.isUsageCap()) {
            throw new StreamException("The app has exhausted its quota of posts on X (" + answer + "). Raise the"
                    + " limit in X's developer console, or wait for the next billing period.");
        }
        return new ConnectionLostException(Cause.RATE_LIMIT, answer, reset(headers));
    }

    /** Null if requests are left: then X rejected the connection for another reason, such as a second connection. */
    private static @Nullable Instant reset(HttpHeaders headers) {
        OptionalLong remaining = number(headers, "x-rate-limit-remaining");
        OptionalLong reset = number(headers, "x-rate-limit-reset");
        if (reset.isEmpty() || remaining.orElse(0) > 0) {
            return null;
        }
        try {
            return Instant.ofEpochSecond(reset.getAsLong());
        } catch (DateTimeException exception) {
            return null;
        }
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        try {
            return headers.firstValueAsLong(name);
        } catch (NumberFormatException exception) {
            return OptionalLong.empty();
        }
    }
}
