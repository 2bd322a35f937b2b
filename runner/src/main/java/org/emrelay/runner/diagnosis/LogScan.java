package org.emrelay.runner.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.diagnosis.Candidate.Relevance;
import org.emrelay.runner.diagnosis.Finding.Certainty;
import org.jspecify.annotations.Nullable;

/** Scans a log once for the best candidate, and for the first occurrence of its message. */
final class LogScan implements LineListener {
    private static final int MAX_MESSAGES = 512;

    /** Leaves enough numbers for the lines that follow. */
    private static final int MAX_SKIPPED = Integer.MAX_VALUE - (1 << 27);

    private static final List<String> SHUTDOWN_MESSAGES =
            List.of("Invoking stop()", "SparkContext is stopping", "Shutdown hook called", "RECEIVED SIGNAL");

    private final SparkProcess process;
    private QuotedLog quotedLog = new QuotedLog();
    private final Map<String, Candidate> firstOccurrences = new LinkedHashMap<>();
    private Optional<Candidate> best = Optional.empty();
    private @Nullable Candidate termination;
    private String lastUri = "";
    private String uriBeforeBest = "";
    private LogRecord record;
    private boolean shuttingDown;
    private boolean shuttingDownOutsideQuote;
    private boolean quoting;
    private int lineNumber;

    LogScan(SparkProcess process) {
        this.process = process;
        this.record = LogRecord.withoutHeader(1, process, false);
    }

    @Override
    public void accept(String raw) {
        if (lineNumber == Integer.MAX_VALUE) {
            return;
        }
        lineNumber++;
        String text = LineText.clean(raw);
        trackQuote(text);
        Optional<LogRecord> started = LogRecord.startingWith(text, lineNumber, record, shuttingDown);
        if (started.isPresent()) {
            closeRecord();
            record = started.get();
            trackShutdown(record.message());
        } else {
            record.accept(text, lineNumber);
        }
        AccessDeniedHint.lastUri(text).ifPresent(found -> lastUri = found);
    }

    /** What follows continues no record, and Spark may have started again. */
    @Override
    public void skip(long lines) {
        closeRecord();
        lineNumber = (int) Math.min(lineNumber + lines, MAX_SKIPPED);
        quotedLog = new QuotedLog();
        quoting = false;
        shuttingDown = false;
        record = LogRecord.withoutHeader(lineNumber + 1, process, false);
    }

    /** The shutdown of another process is not that of this one. */
    private void trackQuote(String text) {
        boolean wasQuoting = quoting;
        quoting = quotedLog.contains(text);
        if (quoting && !wasQuoting) {
            shuttingDownOutsideQuote = shuttingDown;
        }
        if (quoting != wasQuoting) {
            shuttingDown = !quoting && shuttingDownOutsideQuote;
        }
    }

    private void trackShutdown(String message) {
        // A JVM that is terminated then reports the same as one that calls System.exit.
        if (message.startsWith("RECEIVED SIGNAL TERM") && !quoting) {
            termination = new Candidate(
                    Relevance.EXIT, Certainty.LOST_PROCESS, RootCause.ofMessage(message, lineNumber), false, "");
        }
        if (isShutdown(message)) {
            shuttingDown = true;
        } else if (message.startsWith("Running Spark version")) {
            shuttingDown = false;
        }
    }

    /** A loop, because it runs for every record. */
    private static boolean isShutdown(String message) {
        for (String start : SHUTDOWN_MESSAGES) {
            if (message.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    private void closeRecord() {
        record.candidate().filter(found -> !found.cause().text().isBlank()).ifPresent(this::consider);
    }

    private void consider(Candidate found) {
        Candidate candidate = termination != null && found.certainty() == Certainty.EXIT ? termination : found;
        if (firstOccurrences.size() < MAX_MESSAGES && candidate.relevance().compareTo(Relevance.TASK_ATTEMPT) >= 0) {
            firstOccurrences.putIfAbsent(candidate.cause().text(), candidate);
        }
        int comparison = best.map(known -> candidate.relevance().compareTo(known.relevance()))
                .orElse(1);
        if (comparison > 0 || (comparison == 0 && !candidate.relevance().isReport())) {
            best = Optional.of(candidate);
            uriBeforeBest = lastUri;
        }
    }

    Optional<Finding> result() {
        closeRecord();
        record = LogRecord.withoutHeader(Math.max(1, lineNumber), process, shuttingDown);
        return best.map(this::toFinding);
    }

    private Finding toFinding(Candidate candidate) {
        RootCause found = candidate.cause();
        Candidate first = firstOccurrences.getOrDefault(found.text(), candidate);
        String hint = found.isUserFault()
                ? ""
                : Hints.of(
                        found.message() + "\n" + candidate.launcherFrame(),
                        process == SparkProcess.EXECUTOR || candidate.inTask() || first.inTask(),
                        uriBeforeBest);
        Cause cause = new Cause(
                found.message(), first.cause().firstLine(), first.cause().lastLine(), hint);
        return new Finding(cause, candidate.certainty());
    }
}
