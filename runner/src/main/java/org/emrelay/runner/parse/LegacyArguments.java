package org.emrelay.runner.parse;

import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/** Understands the strings of the original form: {@code "0"} and {@code "1"}, and {@code "None"} for what is not there. */
final class LegacyArguments {
    private static final String NONE = "None";

    private final RecordBinder records;

    LegacyArguments(RecordBinder records) {
        this.records = records;
    }

    boolean flag(@Nullable JsonValue value, String path) {
        if (value == null || isSet(value)) {
            return value != null;
        }
        String text = text(value);
        if (!text.equals("0") && !isNone(text) && !(value instanceof JsonBoolean)) {
            records.wrongType(path, "\"0\" or \"1\"", value);
        }
        return false;
    }

    static boolean isSet(@Nullable JsonValue value) {
        return value instanceof JsonBoolean truth
                ? truth.value()
                : value != null && text(value).equals("1");
    }

    /** The output's number, which the original writes {@code guiid}. */
    @Nullable
    String identifier(@Nullable JsonValue value, String path) {
        if (value == null) {
            return null;
        }
        String text = text(value);
        if (!text.matches("[A-Za-z0-9_.-]+")) {
            records.wrongType(path, "a string of letters and digits", value);
            return null;
        }
        return text;
    }

    static String text(@Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            return string.text();
        }
        return value instanceof JsonNumber number ? number.text() : "";
    }

    static boolean isNone(@Nullable String text) {
        return text == null || text.isBlank() || text.equals(NONE);
    }

    /** What the script is told of a text that may not be there. */
    static String orNone(@Nullable String text) {
        return text == null || isNone(text) ? NONE : text;
    }
}
