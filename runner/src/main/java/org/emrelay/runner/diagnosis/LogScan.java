package org.emrelay.runner.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pass over a log: keeps the record it is in, the best candidate so far, and where each message was said first. */
final class LogScan {
    private static final int MOST_MESSAGES = 512;
    private static final List<String> STOPS =
            List.of("Invoking stop()", "SparkContext is stopping", "Shutdown hook called", "RECEIVED SIGNAL");

    private final Map<String, Candidate> first = new LinkedHashMap<>();
    private Optional<Candidate> best = Optional.empty();
    private String uri = "";
    private String uriOfBest = "";
    private LogRecord record = LogRecord.bare(1, false);
    private boolean stopping;
    private int line;

    void accept(String raw) {
        if (line == Integer.MAX_VALUE) {
            return;
        }
        line++;
        String text = LineText.of(raw);
        Optional<LogRecord> begun = LogRecord.begunBy(text, line, record, stopping);
        if (begun.isPresent()) {
            close();
            record = begun.get();
            watchForTheEnd(record.sentence());
        } else {
            record.accept(text, line);
        }
        AccessDeniedHint.lastUri(text).ifPresent(found -> uri = found);
    }

    private void watchForTheEnd(String sentence) {
        if (STOPS.stream().anyMatch(sentence::startsWith)) {
            stopping = true;
        } else if (sentence.startsWith("Running Spark version")) {
            stopping = false;
        }
    }

    private void close() {
        record.candidate().filter(found -> !found.text().isBlank()).ifPresent(this::consider);
    }

    private void consider(Candidate candidate) {
        if (first.size() < MOST_MESSAGES && candidate.weight().compareTo(Relevance.ATTEMPT) >= 0) {
            first.putIfAbsent(candidate.text(), candidate);
        }
        if (best.isEmpty() || candidate.weight().compareTo(best.get().weight()) >= 0) {
            best = Optional.of(candidate);
            uriOfBest = uri;
        }
    }

    Optional<Finding> result() {
        close();
        record = LogRecord.bare(Math.max(1, line), stopping);
        return best.map(this::told);
    }

    private Finding told(Candidate candidate) {
        Candidate place = first.getOrDefault(candidate.text(), candidate);
        String hint = candidate.toldToUser()
                ? ""
                : Hints.of(candidate.message(), candidate.inTask() || place.inTask(), uriOfBest);
        Cause cause = new Cause(candidate.message(), place.firstLine(), place.lastLine(), hint);
        return new Finding(cause, candidate.weight().compareTo(Relevance.ATTEMPT) >= 0 && !cause.liesElsewhere());
    }
}
