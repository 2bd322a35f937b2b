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
 * All problems in the user's files, errors first.
 *
 * @param confirmation the sentence for people when there are no errors; empty for none
 */
public record ProblemReport(List<Problem> problems, String confirmation) implements Report {
    private static final int MAX_LINES = 200;
    private static final int MAX_EXCERPT = 100;
    private static final String INDENTATION = "  ";

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

    private static String text(Problem problem) {
        String line = TerminalText.line((problem.isError() ? "" : "warning: ") + problem.toLine());
        return line + "\n" + (problem.excerpt() == null ? "" : text(problem.excerpt()));
    }

    /** Returns the line, shortened around the character if it is long, with a caret below. */
    private static String text(Problem.Excerpt excerpt) {
        String line = excerpt.line().replace('\t', ' ');
        int start = line.length() <= MAX_EXCERPT ? 0 : Math.max(0, excerpt.index() - MAX_EXCERPT / 2);
        int end = Math.min(line.length(), start + MAX_EXCERPT);
        String before = (start > 0 ? "…" : "") + TerminalText.visible(line.substring(start, excerpt.index()));
        String after = TerminalText.visible(line.substring(excerpt.index(), end)) + (end < line.length() ? "…" : "");
        return INDENTATION + before + after + "\n" + INDENTATION + " ".repeat(TerminalText.width(before)) + "^\n";
    }

    /** One line per problem, with the place of a syntax error, of the first {@value #MAX_LINES}. JSON has all: no terminal scrolls it away. */
    public String text() {
        String lines = Stream.of(true, false)
                .flatMap(isError -> problems.stream().filter(problem -> problem.isError() == isError))
                .limit(MAX_LINES)
                .map(ProblemReport::text)
                .collect(Collectors.joining());
        int more = problems.size() - MAX_LINES;
        return more <= 0
                ? lines
                : lines
                        + Quantities.count(more, "more problem")
                        + String.format(Locale.ROOT, ". --output json prints all %,d.\n", problems.size());
    }
}
