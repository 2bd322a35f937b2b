package org.emrelay.runner.report;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunState;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a run is doing while it does it: a line for what has happened and, on a terminal, one live line for each step that
 * is under way.
 */
public final class Progress implements RunListener {
    private static final Duration QUIET_AT_MOST = Duration.ofSeconds(30);
    private static final String CLEAR_LINE = "\r\033[K";
    private static final String UP = "\033[A";

    private final PrintStream out;
    private final Clock clock;
    private final boolean live;
    private final int columns;
    private final Map<StepName, Instant> lastWord = new LinkedHashMap<>();
    private final Map<StepName, String> lastReason = new HashMap<>();
    private List<String> drawn = List.of();
    private @Nullable Instant lastPassing;
    private Supplier<String> besides = () -> "";

    /** @param live whether lines can be redrawn, in this many columns */
    public Progress(PrintStream out, Clock clock, boolean live, int columns) {
        this.out = Objects.requireNonNull(out, "out");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.live = live;
        this.columns = columns;
    }

    /** What else is worth knowing while steps are under way, such as what they have cost; empty for nothing. */
    public synchronized void besides(Supplier<String> told) {
        besides = Objects.requireNonNull(told, "told");
    }

    /** One line that stays. */
    public synchronized void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** One line that is replaced by the next one; where lines cannot be redrawn it is said now and then. */
    public synchronized void passing(String line) {
        Instant now = clock.instant();
        if (live) {
            redraw(List.of(line));
        } else if (lastPassing == null || Duration.between(lastPassing, now).compareTo(QUIET_AT_MOST) >= 0) {
            lastPassing = now;
            say(line);
        }
    }

    @Override
    public synchronized void happened(Event event, RunState state) {
        String sentence = sentence(event, state);
        if (sentence != null) {
            say(sentence);
        }
        if (event instanceof Event.AttemptStarted started) {
            lastWord.put(started.step(), started.time());
        }
    }

    @Override
    public synchronized void waiting(RunState state, List<AttemptStatus> attempts) {
        Instant now = clock.instant();
        List<String> lines = new ArrayList<>();
        for (AttemptStatus status : attempts) {
            if (!status.hasEnded()) {
                lines.add(line(status, now));
            }
        }
        String more = besides.get();
        if (live) {
            if (!lines.isEmpty() && !more.isEmpty()) {
                lines.add(more);
            }
            redraw(lines);
        } else {
            for (AttemptStatus status : attempts) {
                if (!status.hasEnded() && sayNowAndThen(status, now, more)) {
                    more = "";
                }
            }
        }
    }

    /** Of what waits once for each reason: it may wait for hours. Answers whether it was said now. */
    private boolean sayNowAndThen(AttemptStatus status, Instant now, String more) {
        StepName step = status.attempt().step();
        if (status.started() == null && status.waitsFor().equals(lastReason.get(step))) {
            return false;
        }
        Instant last = lastWord.computeIfAbsent(step, key -> now);
        if (Duration.between(last, now).compareTo(QUIET_AT_MOST) < 0) {
            return false;
        }
        lastWord.put(step, now);
        lastReason.put(step, status.waitsFor());
        say(line(status, now) + (more.isEmpty() ? "" : "; " + more));
        return true;
    }

    private static String line(AttemptStatus status, Instant now) {
        StepName step = status.attempt().step();
        String attempt =
                status.attempt().number() > 1 ? " (attempt " + status.attempt().number() + ")" : "";
        Instant started = status.started();
        if (started == null) {
            return step + attempt + ": waiting" + (status.waitsFor().isEmpty() ? "" : ", " + status.waitsFor());
        }
        return step + attempt + ": running, " + Quantities.duration(nonNegative(Duration.between(started, now)));
    }

    private static Duration nonNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static @Nullable String sentence(Event event, RunState state) {
        if (event instanceof Event.AttemptStarted started) {
            int number = started.attempt().number();
            return started.step() + ": started" + (number > 1 ? " (attempt " + number + ")" : "");
        } else if (event instanceof Event.AttemptSucceeded succeeded) {
            return succeeded.step() + ": done in "
                    + Quantities.duration(state.step(succeeded.step()).elapsed()) + written(succeeded);
        } else if (event instanceof Event.AttemptFailed failed) {
            return failed.step() + ": failed: " + failed.failure().reason();
        } else if (event instanceof Event.AttemptTimedOut timedOut) {
            return timedOut.step() + ": " + timedOut.failure().reason();
        } else if (event instanceof Event.AttemptLost lost) {
            return lost.step() + ": lost: " + lost.reason();
        } else if (event instanceof Event.AttemptCancelled cancelled) {
            return cancelled.step() + ": stopped: " + cancelled.reason();
        } else if (event instanceof Event.StepReused reused) {
            String despite = reused.despite().isEmpty() ? "" : ", although " + reused.despite();
            return reused.step() + ": reused from " + reused.from() + despite;
        } else if (event instanceof Event.StepRunsAgain again) {
            return again.step() + ": runs again: " + again.reason();
        } else if (event instanceof Event.StepReset reset) {
            return reset.step() + ": runs again: " + reset.reason();
        } else if (event instanceof Event.StepSkipped skipped) {
            return skipped.step() + ": skipped: " + skipped.reason();
        } else if (event instanceof Event.StepCancelled cancelled) {
            return cancelled.step() + ": cancelled: " + cancelled.reason();
        } else if (event instanceof Event.StepFailed failed) {
            return failed.step() + ": failed: " + failed.reason();
        }
        return null;
    }

    private static String written(Event.AttemptSucceeded succeeded) {
        OutputSummary summary = succeeded.summary();
        if (summary == null) {
            return "";
        }
        Long rows = succeeded.rows();
        return ": " + (rows == null ? Quantities.count(summary.files(), "file") : Quantities.count(rows, "row"));
    }

    private void redraw(List<String> lines) {
        List<String> fitting = lines.stream().map(this::cut).toList();
        if (fitting.equals(drawn)) {
            return;
        }
        erase();
        out.print(String.join("\n", fitting));
        out.flush();
        drawn = fitting;
    }

    /** A line that wraps could not be erased again. */
    private String cut(String line) {
        return line.length() < columns ? line : line.substring(0, Math.max(1, columns - 2)) + "…";
    }

    /** Takes the live lines away, so that what is printed next stands where they stood. */
    public synchronized void erase() {
        if (!drawn.isEmpty()) {
            out.print(CLEAR_LINE);
            out.print((UP + CLEAR_LINE).repeat(drawn.size() - 1));
            out.flush();
            drawn = List.of();
        }
    }
}
