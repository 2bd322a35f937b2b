package org.emrelay.runner.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emrelay.runner.stream.Counts;
import org.emrelay.runner.stream.SourceLosses;
import org.emrelay.runner.stream.SourceStatus;
import org.emrelay.runner.stream.StreamEnd;
import org.emrelay.runner.stream.StreamRun;
import org.emrelay.runner.stream.StreamStatus;
import org.jspecify.annotations.Nullable;

/** Formats the figures of a stream. */
public final class StreamFigures {
    private StreamFigures() {}

    /** The live line: the posts read, kept and buffered, and the rate. */
    public static String line(StreamStatus status, @Nullable BigDecimal sinkCost, String detail) {
        Counts counts = status.counts();
        List<String> parts = new ArrayList<>();
        parts.add(
                String.format(Locale.ROOT, "read %,d (%,.0f per second)", status.delivered(), status.postsPerSecond()));
        parts.add(String.format(Locale.ROOT, "kept %,d", counts.kept()));
        if (counts.filtered() > 0) {
            parts.add(String.format(Locale.ROOT, "filtered %,d", counts.filtered()));
        }
        if (counts.deadLetters() > 0) {
            parts.add(String.format(Locale.ROOT, "too large %,d", counts.deadLetters()));
        }
        if (status.bufferedPosts() > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "buffered %,d (%s)",
                    status.bufferedPosts(),
                    Quantities.bytes(status.bufferedBytes())));
        }
        SourceStatus source = status.source();
        if (source.lag() != null) {
            parts.add("lag " + Quantities.duration(source.lag()));
        }
        parts.add(source.state());
        if (source.connections() > 1) {
            parts.add(Quantities.count(source.connections() - 1, "reconnect"));
        }
        losses(status.losses()).forEach(parts::add);
        if (!detail.isEmpty()) {
            parts.add(detail);
        }
        String cost = cost(status, sinkCost);
        if (!cost.isEmpty()) {
            parts.add(cost);
        }
        return String.join(", ", parts);
    }

    /** Losses and duplicates that the source's protocol made unavoidable. */
    static List<String> losses(SourceLosses losses) {
        List<String> texts = new ArrayList<>();
        if (!losses.gap().isZero()) {
            texts.add("no connection for " + Quantities.duration(losses.gap()) + ", which the source does not repeat");
        }
        if (losses.repeated() > 0) {
            texts.add(String.format(Locale.ROOT, "dropped %,d repeated", losses.repeated()));
        }
        if (losses.malformed() > 0) {
            texts.add(String.format(Locale.ROOT, "dropped %,d malformed", losses.malformed()));
        }
        return texts;
    }

    private static String cost(StreamStatus status, @Nullable BigDecimal sinkCost) {
        if (status.cost() == null && sinkCost == null) {
            return "";
        }
        double dollars = (status.cost() == null ? 0 : status.cost()) + (sinkCost == null ? 0 : sinkCost.doubleValue());
        return String.format(Locale.ROOT, "$%,.2f", dollars);
    }

    /** Why a run ended that is not running. */
    static String end(StreamRun run) {
        StreamEnd end = run.end();
        Instant time = run.ended();
        if (end == null || time == null) {
            return "not by itself: its process was killed, or the computer stopped. The next start continues at the last"
                    + " checkpoint.";
        }
        String reason = switch (end) {
            case STOPPED -> "by stop_stream";
            case INTERRUPTED -> "by Ctrl-C or SIGTERM";
            case EXHAUSTED -> "at the end of the source";
            case POSTS_LIMIT -> "at the post limit";
            case DURATION_LIMIT -> "at the time limit";
            case COST_LIMIT -> "at the cost limit";
            case FAILED -> "by a failure: " + run.cause();
        };
        return Quantities.time(time) + ", " + reason;
    }

    static Map<String, @Nullable Object> document(StreamRun run) {
        StreamEnd end = run.end();
        Instant time = run.ended();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("reason", end == null ? "killed" : end.name().toLowerCase(Locale.ROOT));
        document.put("time", time == null ? null : time.toString());
        document.put("cause", run.cause());
        return document;
    }

    /** Counts in words, without a full stop. */
    static String sentence(Counts counts) {
        List<String> parts = new ArrayList<>();
        parts.add("read " + Quantities.count(counts.delivered(), "post"));
        parts.add(String.format(Locale.ROOT, "kept %,d", counts.kept()));
        parts.add(String.format(Locale.ROOT, "filtered %,d", counts.filtered()));
        if (counts.deadLetters() > 0) {
            parts.add(String.format(Locale.ROOT, "too large %,d", counts.deadLetters()));
        }
        parts.addAll(losses(counts.losses()));
        return String.join(", ", parts);
    }

    static Map<String, Object> document(Counts counts) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("read", counts.delivered());
        document.put("kept", counts.kept());
        document.put("kept_bytes", counts.keptBytes());
        document.put("filtered", counts.filtered());
        document.put("dead_letters", counts.deadLetters());
        document.put("gap_seconds", counts.losses().gap().toMillis() / 1000.0);
        document.put("repeated", counts.losses().repeated());
        document.put("malformed", counts.losses().malformed());
        return document;
    }

    static Map<String, @Nullable Object> document(SourceStatus source) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("state", source.state());
        document.put("connections", source.connections());
        document.put("problem", source.problem());
        document.put("lag_seconds", source.lag() == null ? null : source.lag().toMillis() / 1000.0);
        return document;
    }
}
