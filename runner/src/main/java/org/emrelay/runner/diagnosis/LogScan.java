package org.emrelay.runner.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.diagnosis.Candidate.Relevance;

/** Scans a log once for the best candidate, and for the first occurrence of its message. */
final class LogScan {
    private static final int MAX_MESSAGES = 512;
    private static final List<String> SHUTDOWN_MESSAGES =
            List.of("Invoking stop()", "SparkContext is stopping", "Shutdown hook called", "RECEIVED SIGNAL");

    private final Map<String, Candidate> firstOccurrences = new LinkedHashMap<>();
    private Optional<Candidate> best = Optional.empty();
    private String lastUri = "";
    private String uriBeforeBest = "";
    private LogRecord record = LogRecord.withoutHeader(1, false);
    private boolean shuttingDown;
    private int lineNumber;

    void accept(String raw) {
        if (lineNumber == Integer.MAX_VALUE) {
            return;
        }
        lineNumber++;
        String text = LineText.clean(raw);
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

    private void trackShutdown(String message) {
        if (SHUTDOWN_MESSAGES.stream().anyMatch(message::startsWith)) {
            shuttingDown = true;
        } else if (message.startsWith("Running Spark version")) {
            shuttingDown = false;
        }
    }

    private void closeRecord() {
        record.candidate().filter(found -> !found.cause().text().isBlank()).ifPresent(this::consider);
    }

    private void consider(Candidate candidate) {
        if (firstOccurrences.size() < MAX_MESSAGES && candidate.relevance().compareTo(Relevance.TASK_ATTEMPT) >= 0) {
            firstOccurrences.putIfAbsent(candidate.cause().text(), candidate);
        }
        if (best.isEmpty() || candidate.relevance().compareTo(best.get().relevance()) >= 0) {
            best = Optional.of(candidate);
            uriBeforeBest = lastUri;
        }
    }

    Optional<Finding> result() {
        closeRecord();
        record = LogRecord.withoutHeader(Math.max(1, lineNumber), shuttingDown);
        return best.map(this::toFinding);
    }

    private Finding toFinding(Candidate candidate) {
        RootCause found = candidate.cause();
        Candidate first = firstOccurrences.getOrDefault(found.text(), candidate);
        String hint = found.isUserFault()
                ? ""
                : Hints.of(found.message(), candidate.inTask() || first.inTask(), uriBeforeBest);
        Cause cause = new Cause(
                found.message(), first.cause().firstLine(), first.cause().lastLine(), hint);
        return new Finding(
                cause, candidate.relevance().compareTo(Relevance.TASK_ATTEMPT) >= 0 && !cause.isInDriverLog());
    }
}
