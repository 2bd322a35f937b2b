package org.emrelay.runner.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;

/** Parses JSON text into a lossless tree. Jackson's data binding would slow down the start of the CLI. */
public final class JsonReader {
    private static final int MAX_DEPTH = 100;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    public static JsonValue read(String text) throws MalformedJsonException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return document(parser, text);
        } catch (JsonParseException exception) {
            throw SyntaxErrorFinder.find(text)
                    .map(MalformedJsonException::new)
                    .orElseGet(() -> at(exception.getLocation(), firstSentence(exception.getOriginalMessage())));
        } catch (IOException exception) {
            throw new UncheckedIOException("reading from a string", exception);
        }
    }

    private static JsonValue document(JsonParser parser, String text) throws IOException, MalformedJsonException {
        try {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("line 1, column 1: file is empty");
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                throw SyntaxErrorFinder.find(text)
                        .map(MalformedJsonException::new)
                        .orElseGet(() -> at(parser.currentTokenLocation(), "a second document"));
            }
            return value;
        } catch (StreamConstraintsException exception) {
            // StreamConstraintsException has no location when the nesting limit is exceeded.
            throw at(
                    parser.currentLocation(),
                    "nested more than " + MAX_DEPTH
                            + " levels deep, or a number of over 1,000 digits, or a key of over 50,000 characters");
        }
    }

    private static JsonValue value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new JsonBoolean(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> new JsonNull();
            default -> throw new IllegalStateException("no value starts with " + token);
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            parser.nextToken();
            members.add(new Member(key, line, value(parser)));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        List<JsonValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return new JsonArray(values);
    }

    private static MalformedJsonException at(JsonLocation location, String message) {
        return new MalformedJsonException(
                "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " + message);
    }

    /**
     * Only the first sentence of Jackson's messages helps a user; the rest is about parser features and token
     * names.
     */
    private static String firstSentence(String message) {
        String oneLine = message.replace('\n', ' ');
        int end = oneLine.indexOf(": expected");
        return (end > 0 ? oneLine.substring(0, end) : oneLine).strip();
    }
}
