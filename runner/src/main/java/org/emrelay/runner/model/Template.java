package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/** A string with placeholders that the planner replaces, such as input and output URIs. */
public record Template(List<Part> parts) {

    /** One part of a template. */
    public sealed interface Part {}

    /** Literal text. */
    public record Literal(String text) implements Part {
        public Literal {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Literal text that is masked wherever it is printed. */
    public record Secret(String text) implements Part {
        public Secret {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Secret[****]";
        }
    }

    /** The URI of the step's input with this name. */
    public record InputUri(String input) implements Part {
        public InputUri {
            Objects.requireNonNull(input, "input");
        }
    }

    /** The URI of the step's output. */
    public record OutputUri() implements Part {}

    /** The bare workspace name, on EMR the bucket. Scripts in the legacy form receive it. */
    public record WorkspaceName() implements Part {}

    public Template {
        parts = List.copyOf(parts);
    }

    public static Template literal(String text) {
        return new Template(List.of(new Literal(text)));
    }

    public static Template secret(String text) {
        return new Template(List.of(new Secret(text)));
    }

    public static Template of(Part... parts) {
        return new Template(List.of(parts));
    }

    public boolean isSecret() {
        return parts.stream().anyMatch(Secret.class::isInstance);
    }
}
