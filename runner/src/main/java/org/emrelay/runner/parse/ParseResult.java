package org.emrelay.runner.parse;

import java.util.List;
import java.util.Optional;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a file: its content, and everything that is to be said about it.
 *
 * @param value null when one of the problems is an error
 */
public record ParseResult<T>(@Nullable T value, List<Problem> problems) {
    public ParseResult {
        problems = List.copyOf(problems);
        boolean anyError = problems.stream().anyMatch(Problem::isError);
        if (anyError == (value != null)) {
            throw new IllegalArgumentException("a value and errors exclude each other: " + problems);
        }
    }

    /** The value, unless an error was found by now. */
    static <T> ParseResult<T> of(@Nullable T value, Problems problems) {
        return new ParseResult<>(problems.anyError() ? null : value, problems.found());
    }

    public Optional<T> usable() {
        return Optional.ofNullable(value);
    }
}
