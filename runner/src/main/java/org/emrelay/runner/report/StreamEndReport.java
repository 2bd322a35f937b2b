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
 * @param thisRun the counts since this start
 * @param total the counts since the creation of the stream
 * @param posts the directory or prefix of the posts
 */
public record StreamEndReport(String name, StreamEnd end, Counts thisRun, Counts total, String posts, String note)
        implements Report {
    public StreamEndReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(thisRun, "thisRun");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(posts, "posts");
        Objects.requireNonNull(note, "note");
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("stream", name);
        document.put("end", end.name().toLowerCase(Locale.ROOT));
        document.put("posts", posts);
        document.put("this_run", StreamFigures.document(thisRun));
        document.put("total", StreamFigures.document(total));
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.println("Stream " + name + " " + reason() + ": " + StreamFigures.sentence(thisRun) + " in this run.");
        out.println("Since its creation: " + StreamFigures.sentence(total) + ".");
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
