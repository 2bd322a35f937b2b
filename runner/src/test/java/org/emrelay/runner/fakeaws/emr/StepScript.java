package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a step will fare: how long it takes, what it does, why it fails if it does, the logs that it leaves, and its application if it does. */
public record StepScript(
        Duration takes,
        @Nullable String failure,
        Map<String, String> logs,
        boolean leavesItsApplication,
        StepWork work) {
    public StepScript {
        Objects.requireNonNull(takes, "takes");
        Objects.requireNonNull(work, "work");
        logs = Map.copyOf(logs);
    }

    public static StepScript completesAfter(Duration takes) {
        return new StepScript(
                takes, null, Map.of("controller", "INFO Step succeeded with exitCode 0\n"), false, StepWork.NONE);
    }

    /** The text becomes the failure's message and the step's stderr. */
    public static StepScript failsAfter(Duration takes, String why) {
        return new StepScript(
                takes,
                why,
                Map.of("controller", "WARN Step failed with exitCode 1\n", "stderr", why + "\n"),
                false,
                StepWork.NONE);
    }

    /** It fails, as when spark-submit is killed, and what it started in the cluster goes on. */
    public StepScript leavingItsApplication() {
        return new StepScript(takes, failure, logs, true, work);
    }

    public StepScript withLog(String file, String text) {
        Map<String, String> more = new LinkedHashMap<>(logs);
        more.put(file, text);
        return new StepScript(takes, failure, more, leavesItsApplication, work);
    }

    /** What it really does when its time is up; what comes of that counts. */
    public StepScript doing(StepWork what) {
        return new StepScript(takes, failure, logs, leavesItsApplication, what);
    }
}
