package org.emrelay.runner.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads some values of a JSON object. A tree of all of them takes many times the memory of the text. */
public final class JsonScanner {
    private JsonScanner() {}

    /**
     * Returns the strings, numbers and booleans at some paths; a path that is absent, null, an object or a list has no entry.
     *
     * @param json in UTF-8
     * @param paths keys that are joined by dots
     */
    public static Map<String, String> scan(byte[] json, Set<String> paths) throws MalformedJsonException {
        Map<String, String> found = new HashMap<>();
        try (JsonParser parser = JsonReader.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("no object");
            }
            scanObject(parser, "", paths, found);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("a second document");
            }
        } catch (JsonProcessingException exception) {
            throw new MalformedJsonException(exception.getOriginalMessage());
        } catch (IOException exception) {
            throw new UncheckedIOException("reading from an array", exception);
        }
        return found;
    }

    private static void scanObject(JsonParser parser, String prefix, Set<String> paths, Map<String, String> found)
            throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String path = prefix + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && paths.stream().anyMatch(wanted -> wanted.startsWith(path + "."))) {
                scanObject(parser, path + ".", paths, found);
            } else if (token.isStructStart()) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL && paths.contains(path)) {
                found.putIfAbsent(path, parser.getText());
            }
        }
    }
}
