package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsRetry;

/** Prints the logs of a step and its driver as EMR uploads them. The controller log is read but not printed. */
final class LogFollower {
    private static final Duration POLL_WHILE_RUNNING = Duration.ofSeconds(15);
    private static final Duration QUIET_PERIOD = Duration.ofSeconds(30);
    private static final List<String> PRINTED_KINDS = List.of("stdout", "stderr", "syslog");

    private final AwsRetry retry;
    private final LogBucket logs;
    private final StepLogLocation location;
    private final LogWaitPolicy waitPolicy;
    private final LogTail printed;
    private final LogTail unprinted;
    private final Set<String> drivers = new LinkedHashSet<>();
    private Instant lastChange;
    private String lastError = "";

    LogFollower(
            AwsRetry retry, LogBucket logs, StepLogLocation location, LogWaitPolicy waitPolicy, LogListener listener) {
        this.retry = retry;
        this.logs = logs;
        this.location = location;
        this.waitPolicy = waitPolicy;
        this.printed = new LogTail(logs, listener);
        this.unprinted = new LogTail(logs, (uri, line) -> {});
        this.lastChange = retry.clock().instant();
    }

    /** Returns once the step has ended and its final logs have arrived, or the maximum wait has passed. */
    void follow(BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            updateTolerantly(false);
            if (!retry.sleep(retry.withJitter(POLL_WHILE_RUNNING))) {
                return;
            }
        }
        awaitFinalLogs();
        updateTolerantly(true);
    }

    private void awaitFinalLogs() {
        Instant start = retry.clock().instant();
        lastChange = start;
        boolean more = true;
        while (more) {
            updateTolerantly(false);
            more = !isFinished() && waitPolicy.pause(retry, start, "the final logs of step " + location.stepId());
        }
    }

    /** Prints the available logs; returns whether there are any. */
    boolean print() {
        update(true);
        return printed.hasFoundLogs();
    }

    /** Reports a transient AWS error once and continues. */
    private void updateTolerantly(boolean isFinal) {
        try {
            update(isFinal);
            lastError = "";
        } catch (AwsException fault) {
            if (!fault.isOutage()) {
                throw fault;
            }
            if (!fault.message().equals(lastError)) {
                waitPolicy.onError().accept(fault.message());
            }
            lastError = fault.message();
        }
    }

    private void update(boolean isFinal) {
        List<LogObject> stepLogs = logs.list(location.bucket(), location.stepFolder());
        boolean changed = unprinted.print(select(stepLogs, List.of("controller")), isFinal);
        changed |= printed.print(select(stepLogs, PRINTED_KINDS), isFinal);
        for (String application : applications()) {
            List<LogObject> driverLogs = logs.list(location.bucket(), location.containerFolder(application)).stream()
                    .filter(log -> log.isOfDriver())
                    .toList();
            driverLogs.forEach(log -> drivers.add(log.logKey()));
            changed |= printed.print(select(driverLogs, PRINTED_KINDS), isFinal);
        }
        if (changed) {
            lastChange = retry.clock().instant();
        }
    }

    private List<String> applications() {
        Set<String> applications = new LinkedHashSet<>(
                unprinted.referencesIn(location.stepFolder() + "controller").applications());
        PRINTED_KINDS.forEach(kind -> applications.addAll(
                printed.referencesIn(location.stepFolder() + kind).applications()));
        return new ArrayList<>(applications);
    }

    private static List<LogObject> select(List<LogObject> objects, List<String> kinds) {
        List<LogObject> chosen = new ArrayList<>();
        for (String kind : kinds) {
            objects.stream()
                    .filter(log -> log.isKind(kind))
                    .sorted(LogObject.OLDEST_FIRST)
                    .forEach(chosen::add);
        }
        return chosen;
    }

    /** Whether the final lines were read and nothing has changed for a while. */
    private boolean isFinished() {
        boolean stepEnded =
                unprinted.referencesIn(location.stepFolder() + "controller").isEnded();
        boolean driverEnded = applications().isEmpty()
                || drivers.stream().anyMatch(log -> printed.referencesIn(log).isEnded());
        return stepEnded && driverEnded && !retry.clock().instant().isBefore(lastChange.plus(QUIET_PERIOD));
    }
}
