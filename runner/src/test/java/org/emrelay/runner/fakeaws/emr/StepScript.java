package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scripts a step: duration, failure, logs, program, and whether its YARN application survives. */
public record StepScript(
        Duration duration,
        @Nullable String failureMessage,
        Map<String, String> logs,
        boolean leavesApplication,
        StepProgram program) {
    public StepScript {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(program, "program");
        logs = Map.copyOf(logs);
    }

    public static StepScript completesAfter(Duration duration) {
        return new StepScript(
                duration, null, Map.of("controller", "INFO Step succeeded with exitCode 0\n"), false, StepProgram.NONE);
    }

    /** The message becomes the failure message and the step's stderr. */
    public static StepScript failsAfter(Duration duration, String message) {
        return new StepScript(
                duration,
                message,
                Map.of("controller", "WARN Step failed with exitCode 1\n", "stderr", message + "\n"),
                false,
                StepProgram.NONE);
    }

    /** Leaves the YARN application running when the step fails, as when spark-submit is killed. */
    public StepScript leavingApplicationRunning() {
        return new StepScript(duration, failureMessage, logs, true, program);
    }

    public StepScript withLog(String file, String text) {
        Map<String, String> allLogs = new LinkedHashMap<>(logs);
        allLogs.put(file, text);
        return new StepScript(duration, failureMessage, allLogs, leavesApplication, program);
    }

    /** Runs a program when the duration is over; its result replaces the scripted one. */
    public StepScript withProgram(StepProgram newProgram) {
        return new StepScript(duration, failureMessage, logs, leavesApplication, newProgram);
    }
}
