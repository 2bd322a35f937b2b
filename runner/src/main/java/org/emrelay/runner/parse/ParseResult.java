package org.emrelay.runner.parse;

import java.util.List;
import java.util.Optional;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The parsed content of a file and all problems in it.
 *
 * @param value null if one of the problems is an error
 */
public record ParseResult<T>(@Nullable T value, List<Problem> problems) {
    public ParseResult {
        problems = List.copyOf(problems);
        boolean anyError = problems.stream().anyMatch(Problem::isError);
        if (anyError == (value != null)) {
            throw new IllegalArgumentException("exactly one of value and errors must be present: " + problems);
        }
    }

    /** Returns the value unless errors were reported. */
    static <T> ParseResult<T> of(@Nullable T value, Problems problems) {
        return new ParseResult<>(problems.hasErrors() ? null : value, problems.toList());
    }

    public Optional<T> usable() {
        return Optional.ofNullable(value);
    }
}
