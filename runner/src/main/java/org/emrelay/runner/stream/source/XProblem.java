package org.emrelay.runner.stream.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;

/**
 * An error object from X.
 *
 * <p>A guess, never tried on X: a response about rules lists each refused rule in {@code errors}, with {@code value}, {@code title},
 * {@code details} and a {@code type} that ends with {@code duplicate-rules} or {@code rule-cap} in these two cases. In any other form, the
 * message names no term, but still quotes X.
 *
 * @param type the last part of its URI, such as {@code duplicate-rules}; empty if it has none
 * @param value the value of the rejected rule
 * @param said the title and the detail
 * @param endsStream whether X closes the connection
 */
record XProblem(String type, String value, String said, boolean endsStream) {

    /** Parses the body of a response; a body that is not JSON is used as the text. */
    static XProblem read(String body) {
        try {
            if (JsonReader.read(body) instanceof JsonObject object) {
                List<XProblem> listed = listed(object);
                return object.get("title") == null && !listed.isEmpty() ? listed.get(0) : of(object);
            }
        } catch (MalformedJsonException exception) {
            // Proxies answer with HTML or text.
        }
        return new XProblem("", "", ConnectionLostException.oneLine(body.replaceAll("<[^>]*>", " ")), false);
    }

    /** Parses a line of a stream that is not a post; empty if it does not end the stream. */
    static Optional<XProblem> endOfStream(String line) {
        try {
            if (JsonReader.read(line) instanceof JsonObject object) {
                List<XProblem> listed = listed(object);
                XProblem problem = listed.isEmpty() ? of(object) : listed.get(0);
                return listed.isEmpty() && !problem.endsStream() ? Optional.empty() : Optional.of(problem);
            }
        } catch (MalformedJsonException exception) {
            // Counted by the caller.
        }
        return Optional.empty();
    }

    /** Whether a response lists rejected rules. */
    static boolean lists(String body) {
        try {
            return JsonReader.read(body) instanceof JsonObject object
                    && listed(object).stream()
                            .anyMatch(problem -> !problem.value().isEmpty());
        } catch (MalformedJsonException exception) {
            return false;
        }
    }

    /** The problems in {@code errors}. */
    static List<XProblem> listed(JsonObject object) {
        List<XProblem> problems = new ArrayList<>();
        if (object.get("errors") instanceof JsonArray errors) {
            for (JsonValue error : errors.values()) {
                if (error instanceof JsonObject problem) {
                    problems.add(of(problem));
                }
            }
        }
        return problems;
    }

    static XProblem of(JsonObject object) {
        String uri = text(object, "type");
        String title = text(object, "title");
        String detail = object.get("details") instanceof JsonArray details
                        && !details.values().isEmpty()
                        && details.values().get(0) instanceof JsonString first
                ? first.text()
                : text(object, "detail");
        String said = title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
        boolean endsStream = object.get("connection_issue") != null || object.get("disconnect_type") != null;
        return new XProblem(
                uri.substring(uri.lastIndexOf('/') + 1),
                text(object, "value"),
                ConnectionLostException.oneLine(said),
                endsStream);
    }

    private static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString string ? string.text() : "";
    }

    boolean isDuplicateRule() {
        return type.equals("duplicate-rules");
    }

    boolean isUsageCap() {
        return type.equals("usage-capped");
    }

    boolean isRuleCap() {
        return type.equals("rule-cap");
    }

    /** Whether another connection uses the token, or requests came too fast. */
    boolean isConnectionLimit() {
        return type.equals("streaming-connection") || type.equals("rate-limit-exceeded");
    }
}
