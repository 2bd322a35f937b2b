package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/** All problems of the user's files, errors first. */
public final class ProblemReport implements Report {
    private final List<Problem> problems;
    private final String confirmation;

    public ProblemReport(List<Problem> problems) {
        this(problems, "");
    }

    /** @param confirmation the sentence for people when there are no errors; empty for none */
    public ProblemReport(List<Problem> problems, String confirmation) {
        this.problems = List.copyOf(problems);
        this.confirmation = confirmation;
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

    /** One line per problem. */
    public String text() {
        StringBuilder text = new StringBuilder();
        problems.stream()
                .filter(Problem::isError)
                .forEach(problem -> text.append(problem.toLine()).append('\n'));
        problems.stream()
                .filter(problem -> !problem.isError())
                .forEach(problem ->
                        text.append("warning: ").append(problem.toLine()).append('\n'));
        return text.toString();
    }
}
