package org.emrelay.runner.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON text as it was written: keys in their order, also those that occur twice. */
public sealed interface JsonValue {

    /** What the value is, for a sentence: {@code a string}, {@code an object}. */
    String kind();

    /** An object; of a key that occurs twice, the first value counts. */
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

    /** One key of an object with its value, and the line on which the key stands. */
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

    /** A number, with its text as written so that {@code 0.10} stays so. */
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
