package org.emrelay.runner.platform.local;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.stepprocess.StepProcess;

/** Creates local platforms whose steps are stub processes without Spark, and waits for their attempts. */
final class TestPlatforms {
    static final RunId RUN = new RunId("run-1");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private TestPlatforms() {}

    static LocalPlatform create(LocalWorkspace workspace, LocalResources resources, Notices notices) {
        return create(workspace, resources, notices, Clock.systemUTC(), System::nanoTime);
    }

    static LocalPlatform create(
            LocalWorkspace workspace, LocalResources resources, Notices notices, Clock clock, LongSupplier nanoTime) {
        return create(workspace, resources, notices, clock, nanoTime, new LogLimit(notices));
    }

    static LocalPlatform create(
            LocalWorkspace workspace,
            LocalResources resources,
            Notices notices,
            Clock clock,
            LongSupplier nanoTime,
            LogLimit logLimit) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("INHERITED", "from the runner");
        return new LocalPlatform(
                workspace,
                stubRuntime(),
                resources,
                environment,
                clock,
                Sleeper.system(),
                nanoTime,
                notices,
                Set.of(),
                new AppCdsArchives(Map.of()),
                logLimit);
    }

    static SparkRuntime stubRuntime() {
        Path classes = classesOf(StepProcess.class);
        return new SparkRuntime(Path.of(System.getProperty("java.home"), "bin", "java"), List.of(classes), classes);
    }

    static Path classesOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** Waits until the status of the attempts meets the condition. */
    static List<AttemptStatus> await(Platform platform, Predicate<List<AttemptStatus>> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        platform.refresh(RUN);
        List<AttemptStatus> statuses = platform.statuses(RUN);
        while (!condition.test(statuses)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("timed out: " + statuses);
            }
            platform.awaitChange(RUN, TIMEOUT);
            platform.refresh(RUN);
            statuses = platform.statuses(RUN);
        }
        return statuses;
    }

    static List<AttemptStatus> awaitAllEnded(Platform platform) throws InterruptedException {
        return await(platform, statuses -> statuses.stream().allMatch(AttemptStatus::hasEnded));
    }
}
