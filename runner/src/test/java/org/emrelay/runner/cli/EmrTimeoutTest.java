package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A timeout counts from EMR's own start time of the step, whatever the machine of the runner did meanwhile. */
final class EmrTimeoutTest {
    /** A runner that watches polls at least this often. */
    private static final Duration POLL = Duration.ofMinutes(1);

    private EmrStepsCliFixture emr;

    @BeforeEach
    void setUp(@TempDir Path directory) {
        emr = new EmrStepsCliFixture(directory);
        emr.aws()
                .emr()
                .scriptSteps(name -> name.endsWith("/words/1")
                        ? StepScript.completesAfter(Duration.ofHours(3))
                        : emr.succeedingStep());
        emr.cli()
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"script_uri\": \"job.py\"", "\"script_uri\": \"job.py\", \"timeout\": \"30m\""));
        emr.add();
    }

    @AfterEach
    void close() {
        assertThat(emr.violations()).isEmpty();
        emr.close();
    }

    @Test
    void theTimeoutPassesWhileNoRunnerWatches() {
        emr.executeAndCrashAfterSubmission();
        emr.aws().clock().advance(Duration.ofHours(2));
        Instant resumed = emr.aws().clock().instant();

        CommandResult executed = emr.run("-a", "execute_steps", "--no-logs");

        assertThat(executed.err()).contains("words: timed out after 30m\n");
        assertThat(cancelled()).isBetween(resumed, resumed.plus(POLL));
    }

    @Test
    void theTimeoutPassesWhileTheLaptopSleeps() {
        AtomicInteger polls = new AtomicInteger();
        AtomicReference<Instant> awake = new AtomicReference<>();
        emr.aws().faults().add(Fault.requestDelayed(Duration.ZERO), Calls.where(call -> {
            if (call.operation().equals("ListSteps") && polls.incrementAndGet() == 10) {
                emr.aws().clock().advance(Duration.ofHours(2));
                awake.set(emr.aws().clock().instant());
            }
            return false;
        }));

        CommandResult executed = emr.run("-a", "execute_steps", "--no-logs");

        assertThat(executed.err()).contains("words: timed out after 30m\n");
        assertThat(cancelled()).isBetween(awake.get(), awake.get().plus(POLL));
    }

    private Instant cancelled() {
        return emr.aws().calls().named("CancelSteps").get(0).startedAt();
    }
}
