package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.local.Launches.step;
import static org.emrelay.runner.platform.local.Platforms.RUN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.StepOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlatformTest {
    private static final LocalResources MACHINE = new LocalResources(2, 256);

    private final List<String> notices = new ArrayList<>();
    private LocalWorkspace workspace;
    private LocalPlatform platform;

    @BeforeEach
    void openPlatform(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("wörk späce"));
        platform = Platforms.tiny(workspace, MACHINE, notices::add);
    }

    @AfterEach
    void closePlatform() {
        platform.close();
    }

    @Test
    void aStepThatEndsWellTellsItsRows() throws InterruptedException {
        assertThat(outcomeOf(small("words", "succeed").build())).isEqualTo(new StepOutcome.Succeeded(123L));
    }

    @Test
    void aStepThatSaysNothingOfRowsHasNone() throws InterruptedException {
        assertThat(outcomeOf(small("words", "print", "hello").build())).isEqualTo(new StepOutcome.Succeeded(null));
    }

    @Test
    void aStepThatFailsTellsItsExitCode() throws InterruptedException {
        assertThat(outcomeOf(small("words", "exit", "3").build())).isEqualTo(new StepOutcome.Failed("exit code 3"));
    }

    @Test
    void aStepWhoseJvmRefusesToStartTellsWhy() throws InterruptedException {
        AttemptRequest launch = small("words", "succeed")
                .conf(Map.of("spark.driver.extraJavaOptions", "-Xms400m"))
                .build();
        assertThat(outcomeOf(launch))
                .isEqualTo(new StepOutcome.Failed("exit code 1: its JVM did not start: "
                        + "Initial heap size set to a larger value than the maximum heap size"));
    }

    @Test
    void aStepWhoseProcessCannotBeStartedFailsWithASentence(@TempDir Path elsewhere) throws Exception {
        SparkRuntime broken = new SparkRuntime(Path.of("/no/such/java"), List.of(elsewhere), elsewhere);
        try (LocalPlatform withoutJava = new LocalPlatform(
                workspace,
                broken,
                MACHINE,
                Map.of(),
                java.time.Clock.systemUTC(),
                notices::add,
                Set.of(),
                busy -> runtime -> java.util.Optional.empty())) {
            withoutJava.submit(RUN, List.of(small("words", "succeed").build()));
            assertThat(Platforms.awaitAllEnded(withoutJava).get(0).outcome())
                    .isEqualTo(new StepOutcome.Failed("its process could not be started: Cannot run program"
                            + " \"/no/such/java\" (in directory \""
                            + folder("words").work()
                            + "\"): error=2, No such file or directory"));
        }
    }

    @Test
    void aStepHasTheRunnersEnvironmentAndItsOwn() throws Exception {
        outcomeOf(small("one", "tell-environment", "INHERITED").build());
        outcomeOf(small("two", "tell-environment", "OWN")
                .env(Map.of("OWN", "from the step"))
                .build());
        assertThat(folder("one").stdout()).content().contains("variable=from the runner");
        assertThat(folder("two").stdout())
                .content()
                .contains("variable=from the step")
                .contains("directory=" + folder("two").work());
    }

    @Test
    void whatAStepLeavesInItsWorkingDirectoryGoesAndItsLogsStay() throws Exception {
        outcomeOf(small("words", "litter").build());
        assertThat(folder("words").work()).doesNotExist();
        assertThat(folder("words").stdout()).content().contains("running in");
        assertThat(workspace.directory().resolve("logs/.processes")).isEmptyDirectory();
    }

    @Test
    void aStepFindsItsFilesInItsWorkingDirectoryUnderTheirAliases(@TempDir Path elsewhere) throws Exception {
        Path file = Files.writeString(elsewhere.resolve("mask 1.txt"), "a mask");
        outcomeOf(small("one", "read", "mask 1.txt").files(file.toString()).build());
        outcomeOf(small("two", "read", "mask").files(file + "#mask").build());
        assertThat(folder("one").stdout()).content().contains("read a mask");
        assertThat(folder("two").stdout()).content().contains("read a mask");
        assertThat(file).exists();
    }

    @Test
    void aRunningStepCanBeCancelled() throws InterruptedException {
        AttemptRequest launch = small("words", "hold").build();
        platform.submit(RUN, List.of(launch));
        awaitStarted("words");
        platform.cancel(RUN, List.of(launch.attempt()));
        assertThat(Platforms.awaitAllEnded(platform).get(0).outcome()).isEqualTo(new StepOutcome.Cancelled());
    }

    @Test
    void aStepThatDoesNotHeedIsKilled() throws Exception {
        AttemptRequest launch = small("words", "hold-stubbornly").build();
        platform.submit(RUN, List.of(launch));
        Logs.awaitLine(folder("words").stdout(), "stubborn");
        platform.cancel(RUN, List.of(launch.attempt()));
        assertThat(Platforms.awaitAllEnded(platform).get(0).outcome()).isEqualTo(new StepOutcome.Cancelled());
    }

    @Test
    void theProcessesOfACancelledStepEndWithIt() throws Exception {
        AttemptRequest launch = small("words", "hold-with-child").build();
        platform.submit(RUN, List.of(launch));
        String line = Logs.awaitLine(folder("words").stdout(), "child ");
        ProcessHandle child = ProcessHandle.of(Long.parseLong(line.substring("child ".length())))
                .orElseThrow();
        Logs.awaitLine(folder("words").stdout(), "holding");
        platform.cancel(RUN, List.of(launch.attempt()));
        Platforms.awaitAllEnded(platform);
        assertThat(child.onExit()).succeedsWithin(java.time.Duration.ofMinutes(1));
    }

    @Test
    void aStepThatWaitsForItsTurnIsCancelledAtOnce() throws InterruptedException {
        platform.submit(
                RUN,
                List.of(
                        small("a", "hold").build(),
                        small("b", "hold").build(),
                        small("c", "hold").build()));
        platform.cancel(RUN, List.of(step("c").id()));
        assertThat(status("c").outcome()).isEqualTo(new StepOutcome.Cancelled());
        assertThat(status("c").started()).isNull();
    }

    @Test
    void noMoreStepsRunAtOnceThanThereAreCores() throws InterruptedException {
        platform.submit(
                RUN,
                List.of(
                        small("a", "hold").build(),
                        small("b", "hold").build(),
                        small("c", "succeed").build()));
        awaitStarted("a");
        awaitStarted("b");
        assertThat(status("c").waitsFor()).isEqualTo("waiting for a core: 2 of 2 are busy");
        platform.cancel(RUN, List.of(step("a").id()));
        Platforms.await(platform, statuses -> status("c").hasEnded());
        assertThat(status("c").outcome()).isEqualTo(new StepOutcome.Succeeded(123L));
        assertThat(status("b").hasEnded()).isFalse();
    }

    @Test
    void aStepWaitsUntilThereIsMemoryForIt() throws InterruptedException {
        platform.submit(
                RUN,
                List.of(
                        step("a", "hold").sizes("200m", 1, 1, null).build(),
                        step("b", "succeed").sizes("100m", 1, 1, null).build()));
        awaitStarted("a");
        assertThat(status("b").waitsFor()).isEqualTo("waiting for memory: it needs 100m, and 56m of 256m are free");
        platform.cancel(RUN, List.of(step("a").id()));
        Platforms.awaitAllEnded(platform);
        assertThat(status("b").outcome()).isEqualTo(new StepOutcome.Succeeded(123L));
    }

    @Test
    void sizesForAClusterAreCappedAndThatIsSaidOnce() throws InterruptedException {
        outcomeOf(step("a", "succeed").sizes("18G", 4, 8, null).build());
        outcomeOf(step("b", "succeed").sizes("18G", 4, 8, null).build());
        assertThat(notices).containsExactly("Steps ask for up to 18G and 32 cores; this machine gives 256m and 2.");
        assertThat(folder("a").stdout()).content().contains("[--master, local[2], --class, Main");
    }

    @Test
    void theNextStepFindsItsProcessWaiting() throws Exception {
        try (LocalPlatform roomy = Platforms.tiny(workspace, new LocalResources(2, 2048), notices::add)) {
            AttemptRequest next = small("next", "succeed").build();
            roomy.expect(RUN, next);
            String waiting = Logs.awaitLine(folder("next").stdout(), "waiting in ");
            roomy.submit(RUN, List.of(next));
            Platforms.awaitAllEnded(roomy);
            assertThat(Files.readAllLines(folder("next").stdout()))
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("running" + waiting.substring("waiting".length()));
        }
    }

    @Test
    void aProcessThatWaitedInVainGoes() throws Exception {
        Path log = folder("next").stdout();
        ProcessHandle waiting;
        try (LocalPlatform roomy = Platforms.tiny(workspace, new LocalResources(2, 2048), notices::add)) {
            roomy.expect(RUN, small("next", "succeed").build());
            waiting = ProcessHandle.of(
                            Long.parseLong(Logs.awaitLine(log, "waiting in ").substring("waiting in ".length())))
                    .orElseThrow();
        }
        assertThat(waiting.isAlive()).isFalse();
        assertThat(folder("next").work()).doesNotExist();
    }

    @Test
    void aStepThatCameOtherwiseThanExpectedGetsAProcessOfItsOwnKind() throws Exception {
        try (LocalPlatform roomy = Platforms.tiny(workspace, new LocalResources(2, 2048), notices::add)) {
            roomy.expect(RUN, small("next", "tell-environment", "OWN").build());
            Logs.awaitLine(folder("next").stdout(), "waiting in ");
            roomy.submit(
                    RUN,
                    List.of(small("next", "tell-environment", "OWN")
                            .env(Map.of("OWN", "changed"))
                            .build()));
            Platforms.awaitAllEnded(roomy);
            assertThat(folder("next").stdout()).content().contains("variable=changed");
        }
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        platform.submit(RUN, List.of(small("a", "hold").build()));
        String line = Logs.awaitLine(folder("a").stdout(), "waiting in ");
        ProcessHandle child = ProcessHandle.of(Long.parseLong(line.substring("waiting in ".length())))
                .orElseThrow();
        platform.close();
        assertThat(child.isAlive()).isFalse();
        assertThat(status("a").outcome()).isEqualTo(new StepOutcome.Cancelled());
    }

    @Test
    void theCauseOfAFailureIsReadFromTheLog() throws InterruptedException {
        outcomeOf(small(
                        "words",
                        "print",
                        "Exception in thread \"main\" java.lang.IllegalStateException: no titles\n"
                                + "\tat Words.main(Words.java:1)")
                .build());
        assertThat(platform.diagnose(RUN, step("words").id()))
                .get()
                .extracting(Diagnosis::cause, Diagnosis::where)
                .containsExactly(
                        "java.lang.IllegalStateException: no titles",
                        "lines 1–2 of " + folder("words").stderr());
        assertThat(platform.log(RUN, step("words").id()))
                .isEqualTo(folder("words").stderr().toString());
    }

    @Test
    void attemptsOfARunnerThatIsGoneAreLost() {
        assertThat(platform.attach(RUN, List.of(step("words").id())))
                .singleElement()
                .extracting(AttemptStatus::outcome)
                .isEqualTo(new StepOutcome.Lost("the runner that started it is gone"));
    }

    @Test
    void attemptsOfThisRunnerAreNotLost() throws InterruptedException {
        platform.submit(RUN, List.of(small("words", "hold").build()));
        awaitStarted("words");
        assertThat(platform.attach(RUN, List.of(step("words").id())))
                .singleElement()
                .extracting(AttemptStatus::hasEnded)
                .isEqualTo(false);
    }

    private static Launches small(String step, String... arguments) {
        return step(step, arguments).sizes("64m", 1, 1, null);
    }

    private StepOutcome outcomeOf(AttemptRequest launch) throws InterruptedException {
        platform.submit(RUN, List.of(launch));
        Platforms.awaitAllEnded(platform);
        return status(launch.attempt().step().value()).outcome();
    }

    private void awaitStarted(String step) throws InterruptedException {
        Platforms.await(platform, statuses -> status(step).started() != null);
    }

    private AttemptStatus status(String step) {
        return Stream.of(platform.poll(RUN))
                .flatMap(List::stream)
                .filter(status -> status.attempt().step().value().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private AttemptFolder folder(String step) {
        return AttemptFolder.of(workspace.directory(), RUN, step(step).id());
    }
}
