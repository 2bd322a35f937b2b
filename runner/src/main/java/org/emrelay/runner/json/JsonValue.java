package org.emrelay.runner.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A lossless JSON tree. It keeps the order of keys, duplicate keys and the text of numbers. */
public sealed interface JsonValue {

    /** The JSON type with its article, for messages: {@code a string}, {@code an object}. */
    String kind();

    /** An object. {@link #get} returns the first value of a duplicate key. */
    record JsonObject(List<Member> members) implements JsonValue {
        public JsonObject {
            members = List.copyOf(members);
        }

        public @Nullable JsonValue get(String key) {
            for (Member member : members) {
                if (member.key().equals(key)) {
                    return member.value();
                }
            }
            return null;
        }

        public List<String> keys() {
            return members.stream().map(Member::key).toList();
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** One key of an object with its value and the key's line number. */
    record Member(String key, int line, JsonValue value) {
        public Member {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    record JsonArray(List<JsonValue> values) implements JsonValue {
        public JsonArray {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    record JsonString(String text) implements JsonValue {
        public JsonString {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number as written: {@code 0.10} is not shortened to {@code 0.1}. */
    record JsonNumber(String text) implements JsonValue {
        public JsonNumber {
            Objects.requireNonNull(text, "text");
        }

        public BigDecimal value() {
            return new BigDecimal(text);
        }

        @Override
        public String kind() {
            return "a number";
        }
    }

    record JsonBoolean(boolean value) implements JsonValue {
        @Override
        public String kind() {
            return "true or false";
        }
    }

    record JsonNull() implements JsonValue {
        @Override
        public String kind() {
            return "null";
        }
    }
}
