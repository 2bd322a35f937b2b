package org.emrelay.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.EventLogs;
import org.emrelay.runner.profile.ProfileReading;
import org.junit.jupiter.api.Test;

/** Steps write event logs, and a run journals what they tell. */
final class EventLogRunTest {
    private static final String LOG =
            "{\"Event\":\"SparkListenerApplicationStart\",\"App Name\":\"a\",\"App ID\":\"app-1\","
                    + "\"Timestamp\":1000,\"User\":\"u\"}\n{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":9000}\n";

    private final RunFixture fixture = new RunFixture();
    private final List<AttemptRequest> started = new ArrayList<>();

    EventLogRunTest() {
        fixture.platform.onStart(request -> {
            started.add(request);
            String directory = directory(request);
            if (!directory.isEmpty()) {
                assertThat(fixture.platform.workspace.list(directory)).isNotEmpty();
                fixture.platform.workspace.write(directory + "/app-1", LOG.getBytes(UTF_8));
            }
        });
    }

    /** The directory in the settings of the step, as a workspace path; empty if there is none. */
    private static String directory(AttemptRequest request) {
        Argument directory = request.sparkSubmit().settings().conf().get("spark.eventLog.dir");
        return directory == null ? "" : directory.resolve(request.uris()).replace("memory:/", "");
    }

    private ProfileReading reading(Run run, String step, int attempt) {
        return Objects.requireNonNull(
                fixture.state(run).step(name(step)).attempts().get(attempt - 1).profile());
    }

    @Test
    void journalsWhatTheEventLogOfEachAttemptTells() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null)
                .step("a")
                .step("b", "a")
                .run();
        fixture.platform.script("a", AttemptScript.FAIL, AttemptScript.SUCCEED);

        fixture.execute(run);

        assertThat(started.stream().map(EventLogRunTest::directory))
                .containsExactly(
                        "logs/spark/" + run.id() + "/a-1",
                        "logs/spark/" + run.id() + "/a-2",
                        "logs/spark/" + run.id() + "/b-1");
        assertThat(Objects.requireNonNull(reading(run, "a", 1).profile()).application())
                .isEqualTo("app-1");
        assertThat(reading(run, "b", 1).problem()).isEmpty();
    }

    @Test
    void leavesTheUsersOwnEventLogAlone() {
        Run run = plans().step("a")
                .conf("a", Map.of("spark.eventLog.enabled", "false"))
                .run();

        fixture.execute(run);

        assertThat(started.get(0).sparkSubmit().settings().conf()).hasSize(1);
        assertThat(reading(run, "a", 1).problem()).contains("spark_conf, or the cluster file, sets spark.eventLog.*");
    }

    @Test
    void leavesTheEventLogOfTheClusterFileAlone() {
        List<Configuration> configurations = List.of(new Configuration(
                "spark-defaults",
                Map.of("spark.eventLog.dir", "s3://logs/spark", "spark.executor.memory", "2G"),
                List.of()));
        ExecutionPlan plan = plans().step("a")
                .step("b")
                .conf("b", Map.of("spark.eventLog.enabled", "false"))
                .plan();
        Run run =
                new Run(Plans.RUN, Plans.CLUSTER, EventLogs.withDefaults(plan, configurations), null, FakeClock.START);
        fixture.platform.onStart(started::add);

        fixture.execute(run);

        assertThat(started)
                .extracting(request -> request.sparkSubmit().settings().conf())
                .containsExactly(
                        Map.of("spark.eventLog.dir", Argument.literal("s3://logs/spark")),
                        Map.of("spark.eventLog.enabled", Argument.literal("false")));
        assertThat(reading(run, "a", 1).problem()).contains("the cluster file, sets spark.eventLog.*");
    }

    @Test
    void isCompleteWithoutAnEventLog() {
        Run run = plans().step("a").run();
        fixture.platform.onStart(request -> {});

        assertThat(fixture.execute(run).status()).isEqualTo(RunResult.Status.DONE);
        assertThat(reading(run, "a", 1).problem()).isEqualTo("There is no event log.");
    }
}
