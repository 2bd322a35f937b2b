package org.emrelay.runner.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.stream.Checkpoint;
import org.emrelay.runner.stream.Counts;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.SourceLosses;
import org.emrelay.runner.stream.StreamHolder;
import org.emrelay.runner.stream.StreamRun;
import org.emrelay.runner.stream.StreamStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reports the status of a stream.
 *
 * @param holder the process that runs it; null if none does
 * @param run the last one; null if it was never started, or only by an earlier version
 * @param status the last one written; null if it was never started
 * @param delivery the status of the platform's part; null if there is none
 */
public record StreamStatusReport(
        String name,
        CreatedStream created,
        @Nullable StreamHolder holder,
        @Nullable StreamRun run,
        Checkpoint checkpoint,
        @Nullable StreamStatus status,
        @Nullable Delivery delivery,
        Instant now)
        implements Report {
    /** A process that responds updates its status more often than this. */
    private static final Duration STALE = Duration.ofSeconds(15);

    /**
     * The part of a stream on a platform.
     *
     * @param state such as {@code ACTIVE}
     * @param problems the problems of the last day, newest first
     */
    public record Delivery(String name, String state, List<String> problems) {
        public Delivery {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(state, "state");
            problems = List.copyOf(problems);
        }
    }

    public StreamStatusReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(now, "now");
    }

    private String state() {
        if (holder != null) {
            return status != null && Duration.between(status.time(), now).compareTo(STALE) > 0
                    ? "not_responding"
                    : "running";
        }
        return !created.isFinished() ? "not_created" : wasStarted() ? "stopped" : "created";
    }

    private boolean wasStarted() {
        return run != null || checkpoint.saved() != null;
    }

    @Override
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("stream", name);
        document.put("state", state());
        document.put("platform", created.platform());
        document.put("posts", created.posts());
        document.put("pid", holder == null ? null : holder.process().pid());
        document.put("host", holder == null ? null : holder.process().host());
        document.put("created", created.created().toString());
        document.put("since", holder == null ? null : holder.since().toString());
        document.put("end", holder != null || run == null ? null : StreamFigures.document(run));
        document.put(
                "saved", checkpoint.saved() == null ? null : checkpoint.saved().toString());
        document.put(
                "position",
                checkpoint.position() == null ? null : checkpoint.position().value());
        document.put("total", StreamFigures.document(checkpoint.counts()));
        document.put("posts_a_second", holder == null || status == null ? 0.0 : status.postsPerSecond());
        document.put("buffered", holder == null || status == null ? 0 : status.bufferedPosts());
        document.put("source", status == null ? null : StreamFigures.document(status.source()));
        document.put("source_dollars", status == null ? null : status.cost());
        document.put("delivery", delivery == null ? null : document(delivery));
        return document;
    }

    private static Map<String, Object> document(Delivery delivery) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", delivery.name());
        document.put("state", delivery.state());
        document.put("problems", delivery.problems());
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        out.println("Stream " + name + ": " + sentence());
        LabelledText lines = new LabelledText(out);
        if (holder == null && run != null) {
            lines.line("ended", StreamFigures.end(run));
        }
        Counts counts = checkpoint.counts();
        lines.line(
                "posts",
                String.format(
                        Locale.ROOT,
                        "read %,d, kept %,d (%s), filtered %,d, too large %,d",
                        counts.delivered(),
                        counts.kept(),
                        Quantities.bytes(counts.keptBytes()),
                        counts.filtered(),
                        counts.deadLetters()));
        if (created.isFinished()) {
            lines.line("writes", created.posts());
        }
        if (holder != null && status != null) {
            lines.line("now", StreamFigures.line(status, null, ""));
        } else if (!counts.losses().equals(SourceLosses.NONE)) {
            lines.line("losses", String.join(", ", StreamFigures.losses(counts.losses())));
        }
        if (delivery != null) {
            lines.line("Firehose", delivery.name() + ", " + delivery.state());
            delivery.problems().forEach(problem -> lines.line("problem", problem));
        }
    }

    private String sentence() {
        if (holder != null) {
            String process = "process " + holder.process().pid() + " on "
                    + holder.process().host() + " since " + Quantities.time(holder.since());
            return state().equals("running") ? "running, " + process : process + " does not respond";
        }
        if (!created.isFinished()) {
            return "its creation did not finish; create it again or delete it";
        }
        if (!wasStarted()) {
            return "created " + Quantities.time(created.created()) + ", never started";
        }
        return "stopped; "
                + (checkpoint.saved() == null
                        ? "no checkpoint"
                        : "last checkpoint " + Quantities.time(checkpoint.saved()));
    }
}
