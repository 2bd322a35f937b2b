package org.emrelay.runner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One argument of a step's command, with its references still unresolved.
 *
 * <p>A reference is a part of its own, never text. Each platform can insert its own URIs, and a user's text is never mistaken for a
 * reference. The planner replaces the references to a step's own input and output.
 */
public record Argument(List<Part> parts) {

    /** A part of an argument. */
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
            return "Secret[" + MASK + "]";
        }
    }

    /** The URI of the step's input with this name. Not in a plan. */
    public record InputUri(String input) implements Part {
        public InputUri {
            Objects.requireNonNull(input, "input");
        }
    }

    /** The URI of the step's output. Not in a plan. */
    public record OutputUri() implements Part {}

    /** The bare workspace name: of the directory, or of the bucket. Scripts in the legacy form receive it. */
    public record WorkspaceName() implements Part {}

    /** The path of an uploaded file in the workspace. A trailing {@code *.jar} matches several files. */
    public record UploadedFile(String path) implements Part {
        public UploadedFile {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * The output of a step.
     *
     * @param path a path below the output; empty for all of it
     */
    public record StepOutput(StepName step, String path) implements Part {
        public StepOutput {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(path, "path");
        }
    }

    /** Resolves workspace references to URIs. */
    public interface UriResolver {

        String uploadedUri(String path);

        String outputUri(StepName step);

        String workspaceName();
    }

    /** What is printed instead of a secret. */
    public static final String MASK = "****";

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):");

    public Argument {
        parts = List.copyOf(parts);
    }

    public static Argument literal(String text) {
        return of(new Literal(text));
    }

    public static Argument of(Part... parts) {
        return new Argument(List.of(parts));
    }

    public static Argument joined(String separator, List<Argument> arguments) {
        List<Part> parts = new ArrayList<>();
        for (Argument argument : arguments) {
            if (!parts.isEmpty() && !separator.isEmpty()) {
                parts.add(new Literal(separator));
            }
            parts.addAll(argument.parts());
        }
        return new Argument(parts);
    }

    public Argument prefixed(String prefix) {
        return joined("", List.of(literal(prefix), this));
    }

    /** Replaces each part by those of an argument. */
    public Argument replace(Function<Part, Argument> replacement) {
        return joined("", parts.stream().map(replacement).toList());
    }

    /** The scheme of the URI that this is, such as {@code s3}; empty for a path and for a reference. */
    public String scheme() {
        Matcher scheme = SCHEME.matcher(parts.get(0) instanceof Literal literal ? literal.text() : "");
        return scheme.lookingAt() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
    }

    public boolean isSecret() {
        return parts.stream().anyMatch(Secret.class::isInstance);
    }

    /** The argument as the program receives it, secrets included. */
    public String resolve(UriResolver uris) {
        return render(uris, false);
    }

    /** The argument with secrets masked, safe to print. */
    public String masked(UriResolver uris) {
        return render(uris, true);
    }

    private String render(UriResolver uris, boolean masked) {
        return parts.stream().map(part -> render(part, uris, masked)).collect(Collectors.joining());
    }

    private static String render(Part part, UriResolver uris, boolean masked) {
        if (part instanceof Literal literal) {
            return literal.text();
        } else if (part instanceof Secret secret) {
            return masked ? MASK : secret.text();
        } else if (part instanceof UploadedFile file) {
            return uris.uploadedUri(file.path());
        } else if (part instanceof StepOutput output) {
            String uri = uris.outputUri(output.step());
            return output.path().isEmpty() ? uri : uri + "/" + output.path();
        } else if (part instanceof WorkspaceName) {
            return uris.workspaceName();
        }
        throw new IllegalStateException("not planned: " + part);
    }
}
