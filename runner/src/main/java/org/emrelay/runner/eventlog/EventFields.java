package org.emrelay.runner.eventlog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the fields of an event in order. A missing or invalid number is read as 0. */
final class EventFields {
    /** The year 2100. */
    private static final long MAX_TIME = 4_102_444_800_000L;

    private final JsonParser parser;
    private long outOfRange;

    EventFields(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value of a field, or ignores it. */
    interface Visitor {
        void visit(String name) throws IOException;
    }

    /** Visits the fields of the object that is the current value; ignores other values. */
    void forEach(Visitor visitor) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            forEachRemaining(visitor);
        }
    }

    /** Visits the remaining fields of the current object. */
    void forEachRemaining(Visitor visitor) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            visitor.visit(name);
            parser.skipChildren();
        }
    }

    /** Visits the scalar fields of all objects in the current value, at any depth. Runs {@code boundary} where an object begins or ends. */
    void forEachAtAnyDepth(Visitor visitor, Runnable boundary) throws IOException {
        int depth = isStructure() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = nextToken();
            if (token.isStructStart() || token.isStructEnd()) {
                depth += token.isStructStart() ? 1 : -1;
                boundary.run();
            } else if (token.isScalarValue() && parser.currentName() != null) {
                visitor.visit(parser.currentName());
            }
        }
    }

    /** Reads an array of arrays with two numbers each. */
    void forEachPair(LongBinaryConsumer consumer) throws IOException {
        int depth = isStructure() ? 1 : 0;
        int count = 0;
        long first = 0;
        while (depth > 0) {
            JsonToken token = nextToken();
            if (token.isStructStart() || token.isStructEnd()) {
                depth += token.isStructStart() ? 1 : -1;
                count = 0;
            } else if (token == JsonToken.VALUE_NUMBER_INT) {
                long number = number();
                count++;
                if (count == 2) {
                    consumer.accept(first, number);
                }
                first = number;
            }
        }
    }

    /** Accepts a pair of numbers. */
    interface LongBinaryConsumer {
        void accept(long first, long second);
    }

    private boolean isStructure() {
        JsonToken token = parser.currentToken();
        return token != null && token.isStructStart();
    }

    private JsonToken nextToken() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new IOException("unexpected end of event");
        }
        return token;
    }

    long number() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return 0;
        }
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == NumberType.BIG_INTEGER) {
            outOfRange++;
            return 0;
        }
        // Spark writes -1 for some unknown values.
        return Math.max(0, parser.getLongValue());
    }

    int integer() throws IOException {
        long number = number();
        if (number > Integer.MAX_VALUE) {
            outOfRange++;
            return 0;
        }
        return (int) number;
    }

    /** Reads a time in milliseconds since 1970. */
    long time() throws IOException {
        long time = number();
        if (time > MAX_TIME) {
            outOfRange++;
            return 0;
        }
        return time;
    }

    String text(int maxLength) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return "";
        }
        String text = parser.getText();
        return text.length() <= maxLength ? text : shortened(text, maxLength);
    }

    private static String shortened(String text, int maxLength) {
        int end = maxLength - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    long outOfRange() {
        return outOfRange;
    }
}
