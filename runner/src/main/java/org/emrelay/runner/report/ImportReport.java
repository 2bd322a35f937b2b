package org.emrelay.runner.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.parse.imported.ImportedPipeline;

/**
 * The files of an imported pipeline, and how they differ from what was imported.
 *
 * @param files their paths
 * @param problems what is wrong with them
 * @param next the next command
 */
public record ImportReport(
        Path directory, List<String> files, ImportedPipeline imported, List<Problem> problems, String next)
        implements Report {
    private static final int MAX_LINES = 100;

    public ImportReport {
        Objects.requireNonNull(directory, "directory");
        files = List.copyOf(files);
        Objects.requireNonNull(imported, "imported");
        problems = List.copyOf(problems);
        Objects.requireNonNull(next, "next");
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("path", directory.toString());
        document.put("files", files);
        document.put("not_carried_over", imported.lost());
        document.put("notices", imported.changed());
        document.putAll(new ProblemReport(problems).document());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        files.forEach(out::println);
    }

    @Override
    public String note() {
        return section("Not carried over:", imported.lost())
                + section("Carried over in another form, or to be checked:", imported.changed())
                + new ProblemReport(problems).text()
                + next;
    }

    private static String section(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return "";
        }
        StringBuilder section = new StringBuilder(title).append('\n');
        sentences.stream()
                .limit(MAX_LINES)
                .forEach(sentence ->
                        section.append("  ").append(TerminalText.line(sentence)).append('\n'));
        if (sentences.size() > MAX_LINES) {
            section.append("  ")
                    .append(Quantities.count(sentences.size() - MAX_LINES, "more sentence"))
                    .append(". --output json prints all.\n");
        }
        return section.toString();
    }
}
