package org.emrelay.runner.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts and languages of a post from any known service. Only these fields are parsed, because building a tree of each post would take most
 * of a stream's time.
 */
record PostContent(List<String> texts, List<String> languages) {
    private static final PostContent NONE = new PostContent(List.of(), List.of());

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** A field with a text or languages, or an object with such fields. */
    private enum Kind {
        TEXT,
        LANGUAGE,
        OBJECT
    }

    private record Field(Kind kind, Map<String, Field> fields) {}

    private static final Field TEXT = new Field(Kind.TEXT, Map.of());
    private static final Field LANGUAGE = new Field(Kind.LANGUAGE, Map.of());

    private static Field object(Map<String, Field> fields) {
        return new Field(Kind.OBJECT, fields);
    }

    private static final Field POST = object(Map.of(
            // X's API v2; note_tweet contains the full text of a long post.
            "data",
            object(Map.of("text", TEXT, "lang", LANGUAGE, "note_tweet", object(Map.of("text", TEXT)))),
            // Jetstream.
            "commit",
            object(Map.of("record", object(Map.of("text", TEXT, "langs", LANGUAGE)))),
            // Twitter's API v1.1, and flat files.
            "text",
            TEXT,
            "full_text",
            TEXT,
            "extended_tweet",
            object(Map.of("full_text", TEXT)),
            "lang",
            LANGUAGE));

    /** Parses a line; the content is empty if the line is not a JSON object. */
    static PostContent parse(byte[] line) {
        PostContent content = new PostContent(new ArrayList<>(2), new ArrayList<>(2));
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            content.read(parser, POST);
            return content;
        } catch (IOException malformed) {
            return NONE;
        }
    }

    private void read(JsonParser parser, Field object) throws IOException {
        String name;
        while ((name = parser.nextFieldName()) != null) {
            Field field = object.fields().get(name);
            JsonToken token = parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else if (field.kind() == Kind.OBJECT && token == JsonToken.START_OBJECT) {
                read(parser, field);
            } else if (token == JsonToken.VALUE_STRING) {
                add(field, parser.getText());
            } else if (field.kind() == Kind.LANGUAGE && token == JsonToken.START_ARRAY) {
                readLanguages(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readLanguages(JsonParser parser) throws IOException {
        @Nullable JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY && token != null) {
            if (token == JsonToken.VALUE_STRING) {
                languages.add(parser.getText());
            }
            parser.skipChildren();
        }
    }

    private void add(Field field, String value) {
        if (field.kind() == Kind.TEXT) {
            texts.add(value);
        } else if (field.kind() == Kind.LANGUAGE) {
            languages.add(value);
        }
    }
}
