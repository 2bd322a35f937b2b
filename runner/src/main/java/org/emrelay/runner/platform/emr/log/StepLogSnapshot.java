package org.emrelay.runner.platform.emr.log;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.emrelay.runner.diagnosis.Cause;
import org.emrelay.runner.diagnosis.Finding;
import org.emrelay.runner.platform.Diagnosis;

/**
 * The analyzed logs of a step at one moment.
 *
 * @param applications the applications that the step names, the last one first
 */
record StepLogSnapshot(
        List<AnalyzedLog> stepLogs,
        List<String> applications,
        List<AnalyzedLog> driverLogs,
        List<AnalyzedLog> executorLogs) {
    static final StepLogSnapshot EMPTY = new StepLogSnapshot(List.of(), List.of(), List.of(), List.of());

    StepLogSnapshot {
        stepLogs = List.copyOf(stepLogs);
        applications = List.copyOf(applications);
        driverLogs = List.copyOf(driverLogs);
        executorLogs = List.copyOf(executorLogs);
    }

    /** Whether the decisive logs are complete. */
    boolean isComplete() {
        boolean stepEnded = isEnded(stepLogs, "controller", "");
        return stepEnded && (applications.isEmpty() || isEnded(driverLogs, "stderr", "/" + applications.get(0) + "/"));
    }

    private static boolean isEnded(List<AnalyzedLog> group, String kind, String folder) {
        return group.stream()
                .filter(log -> log.log().isKind(kind) && log.log().key().contains(folder))
                .anyMatch(log -> log.references().isEnded());
    }

    boolean isConvincing() {
        return all().anyMatch(AnalyzedLog::isConvincing);
    }

    private Stream<AnalyzedLog> all() {
        return Stream.of(stepLogs, driverLogs, executorLogs).flatMap(List::stream);
    }

    /** Names the missing logs; completes "waiting for …". */
    String awaited(StepLogLocation location) {
        if (!isEnded(stepLogs, "controller", "") || applications.isEmpty()) {
            return "the logs of step " + location.stepId();
        }
        return "the driver's log of " + applications.get(0);
    }

    /** The first convincing cause, or the first that is a cause in itself, or the first that refers to another log. */
    Optional<Diagnosis> diagnosis(StepLogLocation location) {
        return first(Finding::conclusive)
                .or(() -> first(finding -> !finding.cause().isInDriverLog()))
                .or(() -> first(finding -> true))
                .map(log -> diagnosis(log, location));
    }

    private Optional<AnalyzedLog> first(Predicate<Finding> condition) {
        return all().filter(log -> log.finding().filter(condition).isPresent()).findFirst();
    }

    private Diagnosis diagnosis(AnalyzedLog log, StepLogLocation location) {
        Cause cause = log.finding().orElseThrow().cause();
        String lineRange = cause.firstLine() == cause.lastLine()
                ? "line " + cause.firstLine()
                : "lines " + cause.firstLine() + "–" + cause.lastLine();
        return new Diagnosis(cause.message(), lineRange + " of " + log.log().uri(), hint(cause, location));
    }

    private String hint(Cause cause, StepLogLocation location) {
        boolean driverLogMissing = cause.isInDriverLog() && driverLogs.isEmpty() && !applications.isEmpty();
        return driverLogMissing
                ? "The driver's log has the cause but is not uploaded yet. Retry in a few minutes with -a logs, or see s3://"
                        + location.bucket() + "/" + location.containerFolder(applications.get(0)) + "."
                : cause.hint();
    }
}
