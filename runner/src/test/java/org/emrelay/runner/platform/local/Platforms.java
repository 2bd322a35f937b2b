package org.emrelay.runner.platform.local;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Platform;
import org.emrelay.stepprocess.StepProcess;

/** Makes platforms whose steps are the tests' own tiny processes, and waits for what happens on them. */
final class Platforms {
    static final RunId RUN = new RunId("run-1");
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Platforms() {}

    static LocalPlatform tiny(LocalWorkspace workspace, LocalResources machine, Consumer<String> notices) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("INHERITED", "from the runner");
        return new LocalPlatform(
                workspace,
                tinyRuntime(),
                machine,
                environment,
                Clock.systemUTC(),
                notices,
                Set.of(),
                busy -> runtime -> Optional.empty());
    }

    static SparkRuntime tinyRuntime() {
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

    /** Waits until the platform says so of its attempts. */
    static List<AttemptStatus> await(Platform platform, Predicate<List<AttemptStatus>> wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        List<AttemptStatus> statuses = platform.poll(RUN);
        while (!wanted.test(statuses)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still " + statuses);
            }
            platform.awaitChange(RUN, LONGEST);
            statuses = platform.poll(RUN);
        }
        return statuses;
    }

    static List<AttemptStatus> awaitAllEnded(Platform platform) throws InterruptedException {
        return await(platform, statuses -> statuses.stream().allMatch(AttemptStatus::hasEnded));
    }
}
