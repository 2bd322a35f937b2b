package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.StepName;

/**
 * One argument of a step's command, with workspace references still unresolved.
 *
 * <p>A reference to the workspace is a part of its own, never text. Each platform can insert its own URIs, and a user's text is
 * never mistaken for a reference.
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

    /** The name of the workspace: of the directory, or of the bucket. */
    public record WorkspaceName() implements Part {}

    /** Resolves workspace references to URIs. */
    public interface UriResolver {
        String uploadedUri(String path);

        String outputUri(StepName step);

        String workspaceName();
    }

    private static final String MASK = "****";

    public Argument {
        parts = List.copyOf(parts);
    }

    public static Argument literal(String text) {
        return new Argument(List.of(new Literal(text)));
    }

    public static Argument of(Part... pieces) {
        return new Argument(List.of(pieces));
    }

    public static Argument joined(String separator, List<Argument> arguments) {
        List<Part> parts = new ArrayList<>();
        for (Argument argument : arguments) {
            if (!parts.isEmpty()) {
                parts.add(new Literal(separator));
            }
            parts.addAll(argument.parts());
        }
        return new Argument(parts);
    }

    public Argument prefixed(String prefix) {
        return joined("", List.of(literal(prefix), this));
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
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(render(part, uris, masked));
        }
        return text.toString();
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
        }
        return uris.workspaceName();
    }
}
