package org.emrelay.runner.parse;

import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.parse.StepsFile.LegacyArgumentsEntry;
import org.emrelay.runner.parse.StepsFile.LegacyStepEntry;
import org.jspecify.annotations.Nullable;

/** Decodes the strings of the legacy form: {@code "0"}, {@code "1"}, {@code "None"} and output names. */
final class LegacyValues {
    private static final String NONE = "None";

    private final RecordBinder binder;

    LegacyValues(RecordBinder binder) {
        this.binder = binder;
    }

    boolean parseFlag(@Nullable JsonValue value, String path) {
        if (value == null || isTrue(value)) {
            return value != null;
        }
        String text = toText(value);
        if (!text.equals("0") && !isNone(text) && !(value instanceof JsonBoolean)) {
            binder.reportWrongType(path, "\"0\" or \"1\"", value);
        }
        return false;
    }

    static boolean isTrue(@Nullable JsonValue value) {
        return value instanceof JsonBoolean bool
                ? bool.value()
                : value != null && toText(value).equals("1");
    }

    /** The number in an automatic output name, under the legacy key {@code guiid}. */
    @Nullable
    String identifier(@Nullable JsonValue value, String path) {
        if (value == null) {
            return null;
        }
        String text = toText(value);
        if (!text.matches("[A-Za-z0-9_.-]+")) {
            binder.reportWrongType(path, "a string of letters and digits", value);
            return null;
        }
        return text;
    }

    static String toText(@Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            return string.text();
        }
        return value instanceof JsonNumber number ? number.text() : "";
    }

    static boolean isNone(@Nullable String text) {
        return text == null || text.isBlank() || text.equals(NONE);
    }

    /** The argument for an optional string: its value, or {@code None}. */
    static String orNone(@Nullable String text) {
        return text == null || isNone(text) ? NONE : text;
    }

    /** Builds the output name as the original runner does; null if a part is missing. */
    static @Nullable String outputName(LegacyStepEntry step) {
        LegacyArgumentsEntry arguments = step.scriptArgs();
        if (arguments == null) {
            return null;
        } else if (!isTrue(arguments.autoGenerateOutput())) {
            return isNone(arguments.outputUri()) ? null : arguments.outputUri();
        }
        String extension = isNone(arguments.formatOutput()) ? "" : arguments.formatOutput();
        String number = toText(step.guiid());
        return step.name() == null || number.isEmpty() ? null : "output_" + step.name() + "_" + number + extension;
    }
}
