package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/** Text of a step in which some parts are known only once the plan is made: where an input lies, where the output goes. */
public record Template(List<Part> parts) {

    /** One stretch of a template. */
    public sealed interface Part {}

    /** Text that stands for itself. */
    public record Literal(String text) implements Part {
        public Literal {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Text that stands for itself and is masked wherever it would be printed. */
    public record Secret(String text) implements Part {
        public Secret {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Secret[****]";
        }
    }

    /** Where the step's input of that name lies. */
    public record InputUri(String input) implements Part {
        public InputUri {
            Objects.requireNonNull(input, "input");
        }
    }

    /** Where the step's output goes. */
    public record OutputUri() implements Part {}

    /** The bare name of the workspace: the bucket's on EMR. Scripts of the original form are given it. */
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
