package org.emrelay.runner.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/** Shows what is wrong with the user's files. */
public final class ProblemReport {
    private final List<Problem> problems;

    public ProblemReport(List<Problem> problems) {
        this.problems = List.copyOf(problems);
    }

    public String json() {
        return JsonWriter.pretty(
                Map.of("problems", problems.stream().map(ProblemReport::json).toList()));
    }

    private static Map<String, @Nullable Object> json(Problem problem) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("severity", problem.isError() ? "error" : "warning");
        document.put("file", problem.file());
        document.put("path", problem.path());
        document.put("message", problem.message());
        document.put("hint", problem.hint().isEmpty() ? null : problem.hint());
        return document;
    }

    /** A line a problem, errors first; warnings say that they are. */
    public String text() {
        StringBuilder text = new StringBuilder();
        problems.stream()
                .filter(Problem::isError)
                .forEach(problem -> text.append(problem.line()).append('\n'));
        problems.stream()
                .filter(problem -> !problem.isError())
                .forEach(problem ->
                        text.append("warning: ").append(problem.line()).append('\n'));
        return text.toString();
    }
}
