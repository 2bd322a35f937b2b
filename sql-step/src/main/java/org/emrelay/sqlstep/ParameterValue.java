package org.emrelay.sqlstep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * Converts the JSON value of a named parameter to what Spark takes for it.
 *
 * <p>A number has the type of the same text in SQL: 5 is an INT or BIGINT, 0.5 a DECIMAL, 5e-1 a DOUBLE.
 */
final class ParameterValue {
    private static final int MAX_DIGITS = 38;
    private static final String REMEDY = " Use a string, a number, true, false, null or a list of one of these kinds.";

    private ParameterValue() {}

    static @Nullable Object parse(String name, String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            JsonToken token = parser.nextToken();
            @Nullable Object value = token == JsonToken.START_ARRAY ? list(name, parser) : scalar(name, parser, token);
            if (parser.nextToken() != null) {
                throw new UserFault("args." + name + " is more than one value." + REMEDY);
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw new UserFault("args." + name + " is not JSON: " + json + "." + REMEDY);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Object list(String name, JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(scalar(name, parser, token));
        }
        List<Object> present = elements.stream()
                .filter(Objects::nonNull)
                .map(Object.class::cast)
                .toList();
        if (present.stream().allMatch(String.class::isInstance)) {
            return elements.toArray(String[]::new);
        } else if (present.stream().allMatch(Boolean.class::isInstance)) {
            return elements.toArray(Boolean[]::new);
        } else if (present.stream().allMatch(Number.class::isInstance)) {
            return numbers(elements, present);
        }
        throw new UserFault("args." + name + " is a list of values of different types." + REMEDY);
    }

    /** An array of the type that holds all numbers. */
    private static Object numbers(List<@Nullable Object> elements, List<Object> present) {
        if (present.stream().allMatch(Integer.class::isInstance)) {
            return elements.toArray(Integer[]::new);
        } else if (present.stream().allMatch(value -> value instanceof Integer || value instanceof Long)) {
            return elements.stream()
                    .map(value -> value == null ? null : ((Number) value).longValue())
                    .toArray(Long[]::new);
        }
        return elements.stream()
                .map(value -> value == null ? null : ((Number) value).doubleValue())
                .toArray(Double[]::new);
    }

    private static @Nullable Object scalar(String name, JsonParser parser, @Nullable JsonToken token)
            throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        } else if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        } else if (token == JsonToken.VALUE_NULL) {
            return null;
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            return whole(name, new BigInteger(parser.getText()));
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return fraction(name, parser.getText());
        }
        throw new UserFault("args." + name + " has no SQL type." + REMEDY);
    }

    private static Object whole(String name, BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValueExact();
        } else if (number.bitLength() < Long.SIZE) {
            return number.longValueExact();
        }
        return decimal(name, new BigDecimal(number));
    }

    private static Object fraction(String name, String text) {
        return text.matches(".*[eE].*") ? Double.valueOf(text) : decimal(name, new BigDecimal(text));
    }

    private static BigDecimal decimal(String name, BigDecimal number) {
        if (Math.max(number.precision(), number.scale()) > MAX_DIGITS) {
            throw new UserFault("args." + name + " has more than " + MAX_DIGITS + " digits, the limit of SQL numbers.");
        }
        return number;
    }
}
