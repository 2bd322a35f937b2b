package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.stream.Counts;
import org.emrelay.runner.stream.StreamEnd;

/**
 * Reports that a stream has ended.
 *
 * @param before the counts before this start
 * @param after the counts at the end
 * @param posts the directory or prefix of the posts
 */
public record StreamEndReport(String name, StreamEnd end, Counts before, Counts after, String posts, String note)
        implements Report {
    public StreamEndReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(posts, "posts");
        Objects.requireNonNull(note, "note");
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("stream", name);
        document.put("end", end.name().toLowerCase(Locale.ROOT));
        document.put("posts", posts);
        document.put("counts", StreamFigures.document(after));
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "Stream %s %s: read %,d posts, kept %,d, filtered %,d%s.%n",
                name,
                reason(),
                after.delivered() - before.delivered(),
                after.kept() - before.kept(),
                after.filtered() - before.filtered(),
                after.deadLetters() == before.deadLetters()
                        ? ""
                        : String.format(Locale.ROOT, ", too large %,d", after.deadLetters() - before.deadLetters()));
        out.println(posts);
    }

    private String reason() {
        return switch (end) {
            case STOPPED -> "stopped";
            case INTERRUPTED -> "was interrupted";
            case EXHAUSTED -> "reached the end of its source";
            case POSTS_LIMIT -> "reached its post limit";
            case DURATION_LIMIT -> "reached its time limit";
            case COST_LIMIT -> "reached its cost limit";
            case FAILED -> "failed";
        };
    }
}
