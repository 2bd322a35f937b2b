package org.emrelay.runner.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.TaskProgress;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a run: a line per running step, then counts.
 *
 * @param attempts the attempts; those that have ended are ignored
 * @param elapsed how long the command has been executing the run
 * @param remaining the remaining time of the run; null if unknown
 * @param detail a detail such as the cost so far; empty if there is none
 */
record LiveView(
        RunState state,
        List<AttemptStatus> attempts,
        Instant now,
        Duration elapsed,
        @Nullable Duration remaining,
        String detail) {
    LiveView {
        Objects.requireNonNull(state, "state");
        attempts = attempts.stream().filter(status -> !status.hasEnded()).toList();
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(detail, "detail");
    }

    /** Returns at most this many lines; empty if no step is active. */
    List<String> lines(int most) {
        if (attempts.isEmpty()) {
            return List.of();
        }
        List<String> closing = new ArrayList<>(List.of(summary()));
        if (!detail.isEmpty()) {
            closing.add(detail);
        }
        List<String> steps = byStart().map(status -> line(status, now)).toList();
        int room = Math.max(0, most - closing.size());
        List<String> lines = new ArrayList<>(steps.size() <= room ? steps : steps.subList(0, Math.max(0, room - 1)));
        if (steps.size() > room && room > 0) {
            lines.add("… and " + (steps.size() - lines.size()) + " more");
        }
        lines.addAll(closing);
        return lines.subList(0, Math.min(most, lines.size()));
    }

    /** Sorts running steps first, by their start. */
    private Stream<AttemptStatus> byStart() {
        return attempts.stream()
                .sorted(Comparator.comparing(AttemptStatus::started, Comparator.nullsLast(Comparator.naturalOrder())));
    }

    static String line(AttemptStatus status, Instant now) {
        StepName step = status.attempt().step();
        String attempt =
                status.attempt().number() > 1 ? " (attempt " + status.attempt().number() + ")" : "";
        Instant started = status.started();
        if (started == null) {
            return step + attempt + ": waiting"
                    + (status.pendingReason().isEmpty() ? "" : ", " + status.pendingReason());
        }
        return step + attempt + ": " + tasks(status.tasks()) + Quantities.duration(Duration.between(started, now));
    }

    private static String tasks(@Nullable TaskProgress tasks) {
        return tasks == null
                ? "running, "
                : tasks.completed() + " of " + Quantities.count(tasks.total(), "task") + ", ";
    }

    private String summary() {
        Map<StepPhase, Long> counts = state.steps().values().stream()
                .collect(Collectors.groupingBy(step -> step.phase(), TreeMap::new, Collectors.counting()));
        long done = count(counts, StepPhase.DONE) + count(counts, StepPhase.REUSED);
        long all = state.steps().size() - count(counts, StepPhase.SKIPPED);
        long waiting = count(counts, StepPhase.WAITING) + count(counts, StepPhase.SUBMITTED);
        return Stream.of(
                                done + " of " + Quantities.count(all, "step") + " done",
                                part(count(counts, StepPhase.RUNNING), "running"),
                                part(waiting, "waiting"),
                                part(count(counts, StepPhase.FAILED), "failed"),
                                part(count(counts, StepPhase.CANCELLED), "cancelled"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "))
                + "; " + Quantities.duration(elapsed)
                + (remaining == null ? "" : ", " + ForecastReport.remaining(remaining));
    }

    private static long count(Map<StepPhase, Long> counts, StepPhase phase) {
        return counts.getOrDefault(phase, 0L);
    }

    private static String part(long count, String what) {
        return count == 0 ? "" : count + " " + what;
    }
}
