package org.emrelay.runner.platform.emr.log;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.diagnosis.Cause;
import org.emrelay.runner.diagnosis.Finding;
import org.emrelay.runner.diagnosis.Finding.Certainty;
import org.emrelay.runner.diagnosis.LastLines;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.LastOutput;

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
        return isEnded(stepLogs, "controller", "") && (applications.isEmpty() || isDriverEnded());
    }

    private boolean isDriverEnded() {
        String folder = "/" + applications.get(0) + "/";
        boolean exited = stepLogs.stream().anyMatch(log -> log.references().reportsDriverExit())
                && driverLogs.stream().anyMatch(log -> log.log().key().contains(folder));
        return exited || isEnded(driverLogs, "stderr", folder);
    }

    private static boolean isEnded(List<AnalyzedLog> group, String kind, String folder) {
        return group.stream()
                .filter(log -> log.log().isKind(kind) && log.log().key().contains(folder))
                .anyMatch(log -> log.references().isEnded());
    }

    boolean isConvincing() {
        return all().anyMatch(AnalyzedLog::isConvincing);
    }

    /** Whether the best explanation so far is that a process ended, but not why. */
    boolean reportsExit() {
        return best().map(log -> log.finding().orElseThrow().certainty())
                .filter(certainty -> certainty == Certainty.EXIT || certainty == Certainty.LOST_PROCESS)
                .isPresent();
    }

    Set<String> lostContainers() {
        Set<String> containers = new LinkedHashSet<>();
        all().forEach(log -> containers.addAll(log.references().lostContainers()));
        return containers;
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

    /** Without a cause, what the program printed last. */
    Optional<Diagnosis> diagnosis(StepLogLocation location) {
        return best().map(log -> diagnosis(log, location)).or(() -> lastOutput().map(Diagnosis::ofOutput));
    }

    private Diagnosis diagnosis(AnalyzedLog log, StepLogLocation location) {
        Finding finding = log.finding().orElseThrow();
        Optional<AnalyzedLog> output = finding.certainty() == Certainty.EXIT ? driverOutput() : Optional.empty();
        return output.map(printed -> diagnosis(afterPrinting(finding, printed), printed, location))
                .orElseGet(() -> diagnosis(finding, log, location));
    }

    private Optional<LastOutput> lastOutput() {
        return lastOutputOn("stdout").or(() -> lastOutputOn("stderr"));
    }

    private Optional<LastOutput> lastOutputOn(String kind) {
        return firstWithText(driverLogs, kind)
                .or(() -> firstWithText(stepLogs, kind))
                .map(log -> new LastOutput(
                        log.log().uri(), log.references().lastLines().lines()));
    }

    /** The first of the logs whose causes explain most. */
    private Optional<AnalyzedLog> best() {
        return all().filter(log -> log.finding().isPresent())
                .max(Comparator.comparing(log -> log.finding().orElseThrow().certainty()));
    }

    private Optional<AnalyzedLog> driverOutput() {
        return firstWithText(driverLogs, "stdout");
    }

    private static Optional<AnalyzedLog> firstWithText(List<AnalyzedLog> group, String kind) {
        return group.stream()
                .filter(log -> log.log().isKind(kind))
                .filter(log -> !log.references().lastLines().last().isEmpty())
                .findFirst();
    }

    private static Finding afterPrinting(Finding finding, AnalyzedLog output) {
        LastLines printed = output.references().lastLines();
        return new Finding(finding.cause().afterPrinting(printed.last(), printed.lastNumber()), finding.certainty());
    }

    private Diagnosis diagnosis(Finding finding, AnalyzedLog log, StepLogLocation location) {
        Cause cause = finding.cause();
        String lineRange = cause.firstLine() == cause.lastLine()
                ? "line " + cause.firstLine()
                : "lines " + cause.firstLine() + "–" + cause.lastLine();
        Diagnosis diagnosis =
                new Diagnosis(cause.message(), lineRange + " of " + log.log().uri(), hint(finding, location));
        return finding.mayBeInAnotherLog()
                ? lastOutputOn("stdout").map(diagnosis::withOutput).orElse(diagnosis)
                : diagnosis;
    }

    private String hint(Finding finding, StepLogLocation location) {
        String hint = finding.cause().hint();
        if (!finding.mayBeInAnotherLog() || !driverLogs.isEmpty() || applications.isEmpty()) {
            return hint;
        }
        String missing = "is not uploaded yet. Read the logs again in a few minutes, or see s3://" + location.bucket()
                + "/" + location.containerFolder(applications.get(0)) + ".";
        return hint.isEmpty() ? "The driver's log has the cause but " + missing : hint + " The driver's log " + missing;
    }
}
