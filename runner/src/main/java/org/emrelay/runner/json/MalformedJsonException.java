package org.emrelay.runner.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Text is not valid JSON, or not the JSON that the runner writes. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Not serialized: exceptions stay in this process. */
    private final transient @Nullable SyntaxError syntaxError;

    public MalformedJsonException(String message) {
        super(message);
        this.syntaxError = null;
    }

    MalformedJsonException(SyntaxError syntaxError) {
        super(syntaxError.message());
        this.syntaxError = syntaxError;
    }

    /** The mistake; empty if the text is valid JSON with other content than expected, or exceeds a limit. */
    public Optional<SyntaxError> syntaxError() {
        return Optional.ofNullable(syntaxError);
    }
}
