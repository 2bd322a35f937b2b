package org.emrelay.runner.export.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A block in HCL: a type, labels, and a body of attributes and blocks. */
final class HclBlock {
    /** An element of a body. */
    sealed interface Item {}

    /**
     * An attribute.
     *
     * @param value an {@link HclExpression}, an {@link HclCall}, a string, a number, a boolean, a list or a map of those
     */
    record Attribute(String name, Object value) implements Item {
        Attribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    /** A block within a block. */
    record Nested(HclBlock block) implements Item {}

    /** A comment on the next element, of one line. */
    record Comment(String text) implements Item {
        Comment {
            text = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        }
    }

    private final String type;
    private final List<String> labels;
    private final List<Item> items = new ArrayList<>();

    HclBlock(String type, String... labels) {
        this.type = type;
        this.labels = List.of(labels);
    }

    static HclBlock resource(String type, String name) {
        return new HclBlock("resource", type, name);
    }

    static HclBlock data(String type) {
        return new HclBlock("data", type, "current");
    }

    /** Adds an attribute, unless its value is null. */
    HclBlock with(String name, @Nullable Object value) {
        if (value != null) {
            items.add(new Attribute(name, value));
        }
        return this;
    }

    /** Adds an attribute, unless it would be an empty map. */
    HclBlock withUnlessEmpty(String name, Map<?, ?> value) {
        return with(name, value.isEmpty() ? null : value);
    }

    HclBlock with(HclBlock block) {
        items.add(new Nested(block));
        return this;
    }

    /** Adds a comment on what is added next. */
    HclBlock comment(String text) {
        items.add(new Comment(text));
        return this;
    }

    String header() {
        StringBuilder header = new StringBuilder(type);
        labels.forEach(label ->
                header.append(" \"").append(HclString.escaped(label, false)).append('"'));
        return header.toString();
    }

    List<Item> items() {
        return List.copyOf(items);
    }
}
