package org.emrelay.runner.platform.aws.stream;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;

/**
 * An error from Firehose's log stream: why records could not be delivered. Firehose retries for 24 hours.
 *
 * @param code such as {@code S3.AccessDenied}; empty if the log event has none
 */
public record DeliveryError(Instant time, String code, String message) {
    public DeliveryError {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** Parses a log event. An event in an unknown format is used as the message. */
    static DeliveryError read(Instant time, String event) {
        try {
            if (JsonReader.read(event) instanceof JsonObject object) {
                return new DeliveryError(time, text(object, "errorCode", ""), text(object, "message", event));
            }
        } catch (MalformedJsonException plainText) {
            // Handled below.
        }
        return new DeliveryError(time, "", event);
    }

    private static String text(JsonObject object, String key, String otherwise) {
        return object.get(key) instanceof JsonString text ? text.text() : otherwise;
    }

    /** On one line: {@code S3.AccessDenied: Access was denied.} */
    public String text() {
        return code.isEmpty() ? message : code + ": " + message;
    }
}
