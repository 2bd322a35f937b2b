package org.emrelay.jobs.churn.clean;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log, with each column as text.
 *
 * <p>No column type can thus make a line unreadable. The object is reused for all lines of a task.
 */
final class RawEvent {
    /** Accepts NaN, which Python writes for missing numbers although JSON does not allow it. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Map<RawColumn, String> values = new EnumMap<>(RawColumn.class);

    /** Parses a line; returns false unless it is a single complete JSON object. */
    boolean read(String line) {
        values.clear();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                RawColumn column = RawColumn.BY_KEY.get(parser.currentName());
                JsonToken value = parser.nextToken();
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (column != null && value != JsonToken.VALUE_NULL && !parser.isNaN()) {
                    values.put(column, parser.getText());
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }

    /** Returns the text of a column; null if it is null or blank. */
    @Nullable
    String text(RawColumn column) {
        String value = values.get(column);
        return value == null || value.isBlank() ? null : value;
    }

    /**
     * Returns an integer, also if written as 1541033612796.0, 1.541033612796E12 or in quotation marks; otherwise
     * null.
     */
    @Nullable
    Long whole(RawColumn column) {
        String value = text(column);
        if (value == null) {
            return null;
        }
        int end = value.endsWith(".0") ? value.length() - 2 : value.length();
        if (end < 19 && isDigits(value, end)) {
            return Long.parseLong(value, 0, end, 10);
        }
        Double number = number(column);
        boolean isWhole = number != null && number == Math.rint(number) && Math.abs(number) < 1e18;
        return number != null && isWhole ? Long.valueOf(number.longValue()) : null;
    }

    @Nullable
    Double number(RawColumn column) {
        String value = text(column);
        if (value == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(value);
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static boolean isDigits(String value, int end) {
        for (int index = 0; index < end; index++) {
            if (value.charAt(index) < '0' || value.charAt(index) > '9') {
                return false;
            }
        }
        return end > 0;
    }
}
