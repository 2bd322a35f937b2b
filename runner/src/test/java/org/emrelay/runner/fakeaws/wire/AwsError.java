package org.emrelay.runner.fakeaws.wire;

import java.util.Map;
import java.util.Objects;

/** An error response of an AWS service: status, code, message and optional extra fields. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> details;

    public AwsError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    public AwsError(int status, String code, String message, Map<String, String> details) {
        super(Objects.requireNonNull(message, "message"), null, false, false);
        this.status = status;
        this.code = Objects.requireNonNull(code, "code");
        this.details = Map.copyOf(details);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String message() {
        return Objects.requireNonNull(getMessage());
    }

    public Map<String, String> details() {
        return details;
    }
}
