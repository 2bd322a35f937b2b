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
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunState;
import org.jspecify.annotations.Nullable;

/** Reports a run's progress: one line per event and, on a terminal, one live line per active step. */
public final class Progress implements RunListener, Notices, TransferListener {
    private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);
    private static final String CLEAR_LINE = "\r\033[K";
    private static final String UP = "\033[A";

    private final TerminalStream out;
    private final Clock clock;
    private final boolean live;
    private final int columns;
    private final Map<StepName, Instant> lastPrinted = new LinkedHashMap<>();
    private final Map<StepName, String> lastReason = new HashMap<>();
    private List<String> drawn = List.of();
    private @Nullable Instant lastStatus;
    private Supplier<String> detail = () -> "";

    /** @param live whether lines can be redrawn in place */
    public Progress(PrintStream out, Clock clock, boolean live, int columns) {
        this.out = TerminalStream.over(out);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.live = live;
        this.columns = columns;
    }

    /** Adds a detail to the progress of active steps, such as their cost so far; empty for none. */
    public synchronized void detail(Supplier<String> text) {
        detail = Objects.requireNonNull(text, "text");
    }

    /** Prints a permanent line. */
    @Override
    public synchronized void notice(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /** Shows a line that the next one replaces. Where lines cannot be redrawn, it is printed every 30 seconds. */
    public synchronized void status(String line) {
        Instant now = clock.instant();
        if (live) {
            redraw(List.of(TerminalText.line(line)));
        } else if (lastStatus == null || Duration.between(lastStatus, now).compareTo(REPEAT_INTERVAL) >= 0) {
            lastStatus = now;
            notice(line);
        }
    }

    @Override
    public void onProgress(String transfer, long bytes, long totalBytes) {
        if (bytes < totalBytes) {
            status(transfer + ": " + Quantities.bytes(bytes) + " of " + Quantities.bytes(totalBytes));
        } else {
            clear();
        }
    }

    @Override
    public synchronized void recorded(Event event, RunState state) {
        String sentence = sentence(event, state);
        if (sentence != null) {
            notice(TerminalText.line(sentence));
        }
        if (event instanceof Event.AttemptStarted started) {
            lastPrinted.put(started.step(), started.time());
        }
    }

    @Override
    public synchronized void waiting(RunState state, List<AttemptStatus> attempts) {
        Instant now = clock.instant();
        List<String> lines = new ArrayList<>();
        for (AttemptStatus status : attempts) {
            if (!status.hasEnded()) {
                lines.add(TerminalText.line(line(status, now)));
            }
        }
        String more = detail.get();
        if (live) {
            if (!lines.isEmpty() && !more.isEmpty()) {
                lines.add(more);
            }
            redraw(lines);
        } else {
            for (AttemptStatus status : attempts) {
                if (!status.hasEnded() && printIfDue(status, now, more)) {
                    more = "";
                }
            }
        }
    }

    /** A pending step is printed once per reason: it may be pending for hours. */
    private boolean printIfDue(AttemptStatus status, Instant now, String more) {
        StepName step = status.attempt().step();
        if (status.started() == null && status.pendingReason().equals(lastReason.get(step))) {
            return false;
        }
        Instant last = lastPrinted.computeIfAbsent(step, key -> now);
        if (Duration.between(last, now).compareTo(REPEAT_INTERVAL) < 0) {
            return false;
        }
        lastPrinted.put(step, now);
        lastReason.put(step, status.pendingReason());
        notice(line(status, now) + (more.isEmpty() ? "" : "; " + more));
        return true;
    }

    private static String line(AttemptStatus status, Instant now) {
        StepName step = status.attempt().step();
        String attempt =
                status.attempt().number() > 1 ? " (attempt " + status.attempt().number() + ")" : "";
        Instant started = status.started();
        if (started == null) {
            return step + attempt + ": waiting"
                    + (status.pendingReason().isEmpty() ? "" : ", " + status.pendingReason());
        }
        return step + attempt + ": running, " + Quantities.duration(Duration.between(started, now));
    }

    private static @Nullable String sentence(Event event, RunState state) {
        if (event instanceof Event.AttemptStarted started) {
            int number = started.attempt().number();
            return started.step() + ": started" + (number > 1 ? " (attempt " + number + ")" : "");
        } else if (event instanceof Event.AttemptSucceeded succeeded) {
            return succeeded.step() + ": done in "
                    + Quantities.duration(state.step(succeeded.step()).elapsed()) + outputSize(succeeded);
        } else if (event instanceof Event.AttemptFailed failed) {
            return failed.step() + ": failed: " + failed.failure().reason();
        } else if (event instanceof Event.AttemptTimedOut timedOut) {
            return timedOut.step() + ": " + timedOut.failure().reason();
        } else if (event instanceof Event.AttemptLost lost) {
            return lost.step() + ": lost: " + lost.reason();
        } else if (event instanceof Event.AttemptCancelled cancelled) {
            return cancelled.step() + ": cancelled: " + cancelled.reason();
        } else if (event instanceof Event.StepReused reused) {
            String despite = reused.staleReason().isEmpty() ? "" : ", although " + reused.staleReason();
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

    private static String outputSize(Event.AttemptSucceeded succeeded) {
        OutputSummary summary = succeeded.summary();
        if (summary == null) {
            return "";
        }
        Long rows = succeeded.rows();
        return ": " + (rows == null ? Quantities.count(summary.files(), "file") : Quantities.count(rows, "row"));
    }

    private void redraw(List<String> lines) {
        List<String> truncated = lines.stream().map(this::truncate).toList();
        if (truncated.equals(drawn)) {
            return;
        }
        clear();
        out.print(String.join("\n", truncated));
        out.flush();
        drawn = truncated;
    }

    /** A wrapped line could not be cleared. */
    private String truncate(String line) {
        return line.length() < columns ? line : line.substring(0, Math.max(1, columns - 2)) + "…";
    }

    /** Clears the live lines. */
    public synchronized void clear() {
        if (!drawn.isEmpty()) {
            out.control(CLEAR_LINE + (UP + CLEAR_LINE).repeat(drawn.size() - 1));
            out.flush();
            drawn = List.of();
        }
    }
}
