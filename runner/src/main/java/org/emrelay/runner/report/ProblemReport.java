package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/**
 * All problems of the user's files, errors first.
 *
 * @param confirmation the sentence for people when there are no errors; empty for none
 */
public record ProblemReport(List<Problem> problems, String confirmation) implements Report {
    private static final int MAX_LINES = 200;

    public ProblemReport {
        problems = List.copyOf(problems);
    }

    public ProblemReport(List<Problem> problems) {
        this(problems, "");
    }

    @Override
    public Map<String, Object> document() {
        return Map.of("problems", problems.stream().map(ProblemReport::document).toList());
    }

    private static Map<String, @Nullable Object> document(Problem problem) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("severity", problem.isError() ? "error" : "warning");
        document.put("file", problem.file());
        document.put("path", problem.path());
        document.put("message", problem.message());
        document.put("hint", problem.hint().isEmpty() ? null : problem.hint());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.print(text());
        if (!confirmation.isEmpty() && problems.stream().noneMatch(Problem::isError)) {
            out.println(confirmation);
        }
    }

    /** One line per problem, of the first {@value #MAX_LINES}. JSON has all: no terminal scrolls it away. */
    public String text() {
        Stream<String> errors = problems.stream().filter(Problem::isError).map(Problem::toLine);
        Stream<String> warnings =
                problems.stream().filter(problem -> !problem.isError()).map(problem -> "warning: " + problem.toLine());
        String lines = Stream.concat(errors, warnings)
                .limit(MAX_LINES)
                .map(line -> TerminalText.line(line) + "\n")
                .collect(Collectors.joining());
        int more = problems.size() - MAX_LINES;
        return more <= 0
                ? lines
                : lines
                        + Quantities.count(more, "more problem")
                        + String.format(Locale.ROOT, ". --output json prints all %,d.\n", problems.size());
    }
}
