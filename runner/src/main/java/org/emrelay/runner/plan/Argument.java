package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.StepName;

/**
 * One word of a step's command. Where a word names something in the workspace it says so by a piece of its own, never by text, so
 * that each platform can put its own URIs there and no word of a user's is ever taken for one.
 */
public record Argument(List<Piece> pieces) {

    /** One stretch of a word. */
    public sealed interface Piece {}

    /** Text that stands for itself. */
    public record Literal(String text) implements Piece {
        public Literal {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Text that stands for itself and is masked wherever it is printed. */
    public record Secret(String text) implements Piece {
        public Secret {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Secret[" + MASK + "]";
        }
    }

    /** A file that was uploaded, or several by a trailing {@code *.jar}: its path below the workspace. */
    public record Uploaded(String path) implements Piece {
        public Uploaded {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * What a step writes.
     *
     * @param path a place below it; empty for all of it
     */
    public record OutputOf(StepName step, String path) implements Piece {
        public OutputOf {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(path, "path");
        }
    }

    /** The workspace's bare name. */
    public record WorkspaceName() implements Piece {}

    /** Says where the things lie that words only name. */
    public interface UriResolver {
        String uploaded(String path);

        String outputOf(StepName step);

        String workspaceName();
    }

    private static final String MASK = "****";

    public Argument {
        pieces = List.copyOf(pieces);
    }

    public static Argument literal(String text) {
        return new Argument(List.of(new Literal(text)));
    }

    public static Argument of(Piece... pieces) {
        return new Argument(List.of(pieces));
    }

    /** Several words in one, with this text between each two. */
    public static Argument joined(String separator, List<Argument> words) {
        List<Piece> pieces = new ArrayList<>();
        for (Argument word : words) {
            if (!pieces.isEmpty()) {
                pieces.add(new Literal(separator));
            }
            pieces.addAll(word.pieces());
        }
        return new Argument(pieces);
    }

    public Argument prefixed(String prefix) {
        return joined("", List.of(literal(prefix), this));
    }

    /** The word as the program gets it. */
    public String text(UriResolver places) {
        return render(places, false);
    }

    /** The word as it may be printed. */
    public String masked(UriResolver places) {
        return render(places, true);
    }

    private String render(UriResolver places, boolean masked) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(render(piece, places, masked));
        }
        return text.toString();
    }

    private static String render(Piece piece, UriResolver places, boolean masked) {
        if (piece instanceof Literal literal) {
            return literal.text();
        } else if (piece instanceof Secret secret) {
            return masked ? MASK : secret.text();
        } else if (piece instanceof Uploaded uploaded) {
            return places.uploaded(uploaded.path());
        } else if (piece instanceof OutputOf output) {
            String uri = places.outputOf(output.step());
            return output.path().isEmpty() ? uri : uri + "/" + output.path();
        }
        return places.workspaceName();
    }
}
