package org.emrelay.runner.report;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.emrelay.runner.forecast.Forecaster;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.ShellWord;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunState;
import org.jspecify.annotations.Nullable;

/** Reports a run's progress: one line per event and, on a terminal, a live view of what runs. */
public final class Progress implements RunListener, Notices, TransferListener {
    private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);

    private final LiveLines out;
    private final Clock clock;
    private final Verbosity verbosity;
    private final Map<StepName, Instant> lastPrinted = new LinkedHashMap<>();
    private final Map<StepName, String> lastReason = new HashMap<>();
    private @Nullable Instant executingSince;
    private @Nullable Instant lastStatus;
    private String lastSentence = "";
    private Supplier<String> detail = () -> "";
    private @Nullable Forecaster forecaster;

    /** @param terminal returns its current size; null if lines cannot be redrawn in place */
    public Progress(PrintStream out, Clock clock, @Nullable Supplier<TerminalSize> terminal, Verbosity verbosity) {
        this.out = new LiveLines(TerminalStream.over(out), terminal);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.verbosity = Objects.requireNonNull(verbosity, "verbosity");
    }

    /** Adds a detail to the progress of active steps, such as their cost so far. An empty text adds none. */
    public synchronized void detail(Supplier<String> text) {
        detail = Objects.requireNonNull(text, "text");
    }

    /** Adds the remaining time of the run. */
    public synchronized void forecaster(Forecaster earlierRuns) {
        forecaster = earlierRuns;
    }

    /** Prints a permanent line. */
    @Override
    public synchronized void notice(String line) {
        print(line, TextStyle.PLAIN);
    }

    /** Prints a permanent line, regardless of the verbosity. */
    @Override
    public synchronized void warn(String text) {
        out.print("warning: " + text, TextStyle.WARNING);
    }

    private void print(String line, TextStyle style) {
        if (verbosity != Verbosity.QUIET) {
            out.print(line, style);
        }
    }

    /** Redraws the status line, or prints it at most every 30 seconds if lines cannot be redrawn. */
    @Override
    public synchronized void status(String line) {
        Instant now = clock.instant();
        if (verbosity == Verbosity.QUIET) {
            return;
        } else if (out.isLive()) {
            out.redraw(List.of(line));
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
    public synchronized void opened(Run run, RunState state) {
        executingSince = clock.instant();
    }

    @Override
    public synchronized void submitting(List<AttemptRequest> requests) {
        if (verbosity == Verbosity.VERBOSE) {
            for (AttemptRequest request : requests) {
                String command = request.sparkSubmit().command().stream()
                        .map(argument -> ShellWord.quoted(argument.masked(request.uris())))
                        .collect(Collectors.joining(" "));
                notice(request.attempt().step() + ": command: " + TerminalText.line(command));
            }
        }
    }

    @Override
    public synchronized void recorded(Event event, RunState state) {
        String sentence = sentence(event, state);
        // An attempt and its step may end for the same reason.
        if (sentence != null && !sentence.equals(lastSentence)) {
            print(TerminalText.line(sentence), style(event));
        }
        lastSentence = sentence == null ? lastSentence : sentence;
        if (event instanceof Event.RunBegan && forecaster != null) {
            forecaster.forecast(state).ifPresent(forecast -> notice(new ForecastReport(forecast).sentence()));
        }
        if (event instanceof Event.AttemptStarted started) {
            lastPrinted.put(started.step(), started.time());
            String log = started.platformStep().log();
            if (verbosity == Verbosity.VERBOSE && !log.isEmpty()) {
                notice(started.step() + ": log: " + log);
            }
        }
    }

    private static TextStyle style(Event event) {
        if (event instanceof Event.AttemptFailed
                || event instanceof Event.AttemptTimedOut
                || event instanceof Event.StepFailed) {
            return TextStyle.FAILURE;
        } else if (event instanceof Event.AttemptLost
                || event instanceof Event.AttemptCancelled
                || event instanceof Event.StepCancelled) {
            return TextStyle.WARNING;
        }
        return event instanceof Event.AttemptSucceeded ? TextStyle.SUCCESS : TextStyle.PLAIN;
    }

    @Override
    public synchronized void waiting(RunState state, List<AttemptStatus> attempts) {
        if (verbosity == Verbosity.QUIET) {
            return;
        }
        Instant now = clock.instant();
        String more = detail.get();
        Duration remaining =
                forecaster == null ? null : forecaster.remaining(state, now).orElse(null);
        if (out.isLive()) {
            Duration elapsed = executingSince == null ? Duration.ZERO : Duration.between(executingSince, now);
            out.redraw(new LiveView(state, attempts, now, elapsed, remaining, more).lines(out.mostLines()));
            return;
        }
        if (remaining != null) {
            more = ForecastReport.remaining(remaining) + (more.isEmpty() ? "" : "; " + more);
        }
        for (AttemptStatus status : attempts) {
            if (!status.hasEnded() && printIfDue(status, now, more)) {
                more = "";
            }
        }
    }

    /** Prints a pending step once per reason, because it may be pending for hours. */
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
        notice(LiveView.line(status, now) + (more.isEmpty() ? "" : "; " + more));
        return true;
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

    /** Clears the live lines. */
    public synchronized void clear() {
        out.clear();
    }
}
