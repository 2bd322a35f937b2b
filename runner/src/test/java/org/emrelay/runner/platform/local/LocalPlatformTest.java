package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.local.AttemptRequestBuilder.step;
import static org.emrelay.runner.platform.local.TestPlatforms.RUN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.StepOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlatformTest {
    private static final LocalResources LOCAL_RESOURCES = new LocalResources(2, 256);

    private final List<String> notices = new ArrayList<>();
    private LocalWorkspace workspace;
    private LocalPlatform platform;

    @BeforeEach
    void openPlatform(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("wörk späce"));
        platform = TestPlatforms.create(workspace, LOCAL_RESOURCES, notices::add);
    }

    @AfterEach
    void closePlatform() {
        platform.close();
    }

    @Test
    void aSuccessfulStepReportsItsRowCount() throws InterruptedException {
        assertThat(outcomeOf(small("words", "succeed").build())).isEqualTo(new StepOutcome.Succeeded(123L));
    }

    @Test
    void theRowCountIsOptional() throws InterruptedException {
        assertThat(outcomeOf(small("words", "print", "hello").build())).isEqualTo(new StepOutcome.Succeeded(null));
    }

    @Test
    void aFailedStepReportsItsExitCode() throws InterruptedException {
        assertThat(outcomeOf(small("words", "exit", "3").build())).isEqualTo(new StepOutcome.Failed("exit code 3"));
    }

    @Test
    void aStepThatCallsSystemExitFailsAsOnYarnWhateverTheCode() throws InterruptedException {
        assertThat(outcomeOf(small("words", "exit", "0").build()))
                .isEqualTo(new StepOutcome.Failed("exit code 0: the program called System.exit(0), which fails a step"
                        + " on YARN; return from main instead"));
    }

    @Test
    void theExitCodeDecidesWhereTheDriverRunsInSparkSubmit() throws InterruptedException {
        AttemptRequest request = small("words", "exit", "0").clientMode().build();

        assertThat(outcomeOf(request)).isEqualTo(new StepOutcome.Succeeded(null));
    }

    @Test
    void reportsWhyTheJvmOfAStepDidNotStart() throws InterruptedException {
        AttemptRequest request = small("words", "succeed")
                .conf(Map.of("spark.driver.extraJavaOptions", "-Xms400m"))
                .build();
        assertThat(outcomeOf(request))
                .isEqualTo(new StepOutcome.Failed("exit code 1: the JVM did not start: "
                        + "Initial heap size set to a larger value than the maximum heap size"));
    }

    @Test
    void aStepWhoseProcessCannotBeStartedFailsWithAReason(@TempDir Path elsewhere) throws Exception {
        SparkRuntime broken = new SparkRuntime(Path.of("/no/such/java"), List.of(elsewhere), elsewhere);
        try (LocalPlatform withoutJava = new LocalPlatform(
                workspace,
                broken,
                LOCAL_RESOURCES,
                Map.of(),
                Clock.systemUTC(),
                Sleeper.system(),
                System::nanoTime,
                notices::add,
                Set.of(),
                new AppCdsArchives(Map.of()),
                new LogLimit(notices::add))) {
            withoutJava.submit(RUN, List.of(small("words", "succeed").build()));
            assertThat(TestPlatforms.awaitAllEnded(withoutJava).get(0).outcome())
                    .isEqualTo(new StepOutcome.Failed("could not start its process: Cannot run program"
                            + " \"/no/such/java\" (in directory \""
                            + folder("words").work()
                            + "\"): error=2, No such file or directory"));
        }
    }

    @Test
    void aStepInheritsTheRunnersEnvironmentAndAddsItsOwn() throws Exception {
        outcomeOf(small("one", "print-environment", "INHERITED").build());
        outcomeOf(small("two", "print-environment", "OWN")
                .env(Map.of("OWN", "from the step"))
                .build());
        assertThat(folder("one").stdout()).content().contains("variable=from the runner");
        assertThat(folder("two").stdout())
                .content()
                .contains("variable=from the step")
                .contains("directory=" + folder("two").work());
    }

    @Test
    void deletesTheWorkingDirectoryAndKeepsTheLogs() throws Exception {
        outcomeOf(small("words", "litter").build());
        assertThat(folder("words").work()).doesNotExist();
        assertThat(folder("words").stdout()).content().contains("running in");
        assertThat(workspace.directory().resolve("logs/.processes")).isEmptyDirectory();
    }

    @Test
    void killsWhatIsLeftOfAStepAtItsEnd() throws Exception {
        assertThat(outcomeOf(small("words", "leave", "sleep", "600").build()))
                .isEqualTo(new StepOutcome.Succeeded(null));

        long child = Long.parseLong(
                LogText.awaitLine(folder("words").stdout(), "child").replaceAll("\\D", ""));
        awaitEnd(child);
        assertThat(notices).isEmpty();
    }

    private static void awaitEnd(long process) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent()) {
            assertThat(System.nanoTime())
                    .as("process " + process + " still runs")
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void namesAProcessThatDetachedItself() throws Exception {
        assertThat(outcomeOf(small("words", "leave", "setsid", "sleep", "600").build()))
                .isEqualTo(new StepOutcome.Succeeded(null));

        long child = Long.parseLong(
                LogText.awaitLine(folder("words").stdout(), "child").replaceAll("\\D", ""));
        ProcessHandle detached = ProcessHandle.of(child).orElseThrow();
        assertThat(notices)
                .containsExactly("warning: Step 'words' left process " + child + " ("
                        + detached.info().command().orElseThrow()
                        + ") running, which detached itself. If it is not needed, end it with kill " + child + ".");
        detached.destroyForcibly();
    }

    @Test
    void linksFilesIntoTheWorkingDirectoryUnderTheirAliases(@TempDir Path elsewhere) throws Exception {
        Path file = Files.writeString(elsewhere.resolve("mask 1.txt"), "a mask");
        outcomeOf(small("one", "read", "mask 1.txt").files(file.toString()).build());
        outcomeOf(small("two", "read", "mask").files(file + "#mask").build());
        assertThat(folder("one").stdout()).content().contains("read a mask");
        assertThat(folder("two").stdout()).content().contains("read a mask");
        assertThat(file).exists();
    }

    @Test
    void aRunningStepCanBeCancelled() throws InterruptedException {
        AttemptRequest request = small("words", "hold").build();
        platform.submit(RUN, List.of(request));
        awaitStarted("words");
        platform.cancel(RUN, List.of(request.attempt()));
        assertThat(TestPlatforms.awaitAllEnded(platform).get(0).outcome()).isEqualTo(new StepOutcome.Cancelled());
    }

    /** The machine's clock is set, or runs on while the machine sleeps; monotonic time does neither. */
    @Test
    void theRunningTimeIsMonotonic(@TempDir Path elsewhere) throws Exception {
        AtomicLong nanos = new AtomicLong();
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(-8));
        try (LocalPlatform monotonic = TestPlatforms.create(
                LocalWorkspace.open(elsewhere.resolve("work")), LOCAL_RESOURCES, notices::add, wrong, nanos::get)) {
            AttemptRequest request = small("words", "hold").build();
            monotonic.submit(RUN, List.of(request));
            TestPlatforms.await(monotonic, statuses -> statuses.get(0).started() != null);
            nanos.set(5_000_000_000L);

            assertThat(monotonic.runningTime(RUN, request.attempt(), Instant.EPOCH))
                    .isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void aStepThatIgnoresSigtermIsKilled() throws Exception {
        AttemptRequest request = small("words", "hold-stubbornly").build();
        platform.submit(RUN, List.of(request));
        LogText.awaitLine(folder("words").stdout(), "stubborn");
        platform.cancel(RUN, List.of(request.attempt()));
        assertThat(TestPlatforms.awaitAllEnded(platform).get(0).outcome()).isEqualTo(new StepOutcome.Cancelled());
    }

    @Test
    void cancellingAStepKillsItsChildProcesses() throws Exception {
        AttemptRequest request = small("words", "hold-with-child").build();
        platform.submit(RUN, List.of(request));
        String line = LogText.awaitLine(folder("words").stdout(), "child ");
        ProcessHandle child = ProcessHandle.of(Long.parseLong(line.substring("child ".length())))
                .orElseThrow();
        LogText.awaitLine(folder("words").stdout(), "holding");
        platform.cancel(RUN, List.of(request.attempt()));
        TestPlatforms.awaitAllEnded(platform);
        assertThat(child.onExit()).succeedsWithin(java.time.Duration.ofMinutes(1));
    }

    @Test
    void aPendingStepIsCancelledAtOnce() throws InterruptedException {
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
    void runsNoMoreStepsConcurrentlyThanThereAreCores() throws InterruptedException {
        platform.submit(
                RUN,
                List.of(
                        small("a", "hold").build(),
                        small("b", "hold").build(),
                        small("c", "succeed").build()));
        awaitStarted("a");
        awaitStarted("b");
        assertThat(status("c").pendingReason()).isEqualTo("all cores are busy: 2 of 2 in use");
        platform.cancel(RUN, List.of(step("a").id()));
        TestPlatforms.await(platform, statuses -> status("c").hasEnded());
        assertThat(status("c").outcome()).isEqualTo(new StepOutcome.Succeeded(123L));
        assertThat(status("b").hasEnded()).isFalse();
    }

    @Test
    void aStepWaitsForMemory() throws InterruptedException {
        platform.submit(
                RUN,
                List.of(
                        step("a", "hold").resources("200m", 1, 1, null).build(),
                        step("b", "succeed").resources("100m", 1, 1, null).build()));
        awaitStarted("a");
        assertThat(status("b").pendingReason()).isEqualTo("not enough memory: needs 100m, 56m of 256m free");
        platform.cancel(RUN, List.of(step("a").id()));
        TestPlatforms.awaitAllEnded(platform);
        assertThat(status("b").outcome()).isEqualTo(new StepOutcome.Succeeded(123L));
    }

    @Test
    void capsClusterResourcesAndWarnsOnce() throws InterruptedException {
        outcomeOf(step("a", "succeed").resources("18G", 4, 8, null).build());
        outcomeOf(step("b", "succeed").resources("18G", 4, 8, null).build());
        assertThat(notices)
                .containsExactly("Steps request up to 18G and 32 cores; capped at 256m and 2 on this machine.");
        assertThat(folder("a").stdout()).content().contains("[--master, local[2], --class, Main");
    }

    @Test
    void closingEndsRunningSteps() throws Exception {
        platform.submit(RUN, List.of(small("a", "hold").build()));
        String line = LogText.awaitLine(folder("a").stdout(), "waiting in ");
        ProcessHandle child = ProcessHandle.of(Long.parseLong(line.substring("waiting in ".length())))
                .orElseThrow();
        platform.close();
        assertThat(child.isAlive()).isFalse();
        assertThat(status("a").outcome()).isEqualTo(new StepOutcome.Cancelled());
    }

    @Test
    void findsTheCauseOfAFailureInTheLog() throws InterruptedException {
        outcomeOf(small(
                        "words",
                        "fail",
                        "Exception in thread \"main\" java.lang.IllegalStateException: no titles\n"
                                + "\tat Words.main(Words.java:1)")
                .build());
        assertThat(platform.diagnose(RUN, step("words").id()))
                .get()
                .extracting(Diagnosis::cause, Diagnosis::location)
                .containsExactly(
                        "java.lang.IllegalStateException: no titles",
                        "lines 1–2 of " + folder("words").stderr());
        assertThat(status("words").step().log())
                .isEqualTo(folder("words").stderr().toString());
    }

    /** The rest of a secret would not be recognized. */
    @Test
    void masksSecretsBeforeTheCauseIsShortened() throws InterruptedException {
        String secret = "canary-".repeat(100);
        outcomeOf(small(
                        "words",
                        "fail",
                        "Exception in thread \"main\" java.lang.IllegalStateException: bad key " + secret)
                .secret("TOKEN", secret)
                .build());

        assertThat(platform.diagnose(RUN, step("words").id()))
                .get()
                .extracting(Diagnosis::cause)
                .isEqualTo("java.lang.IllegalStateException: bad key ****");
    }

    /** A long log must not hold up the run: its own thread only asks for the result. */
    @Test
    void searchesTheLogBeforeTheAttemptEnds() throws Exception {
        outcomeOf(small("words", "fail", "Exception in thread \"main\" java.lang.IllegalStateException: no titles")
                .build());
        Files.delete(folder("words").stderr());
        Files.delete(folder("words").stdout());

        assertThat(platform.diagnose(RUN, step("words").id()))
                .get()
                .extracting(Diagnosis::cause)
                .isEqualTo("java.lang.IllegalStateException: no titles");
    }

    @Test
    void attemptsOfADeadRunnerAreLost() {
        assertThat(platform.attach(RUN, List.of(step("words").id())))
                .singleElement()
                .extracting(AttemptStatus::outcome)
                .isEqualTo(new StepOutcome.Lost("the runner that started it has ended"));
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

    private static AttemptRequestBuilder small(String step, String... arguments) {
        return step(step, arguments).resources("64m", 1, 1, null);
    }

    private StepOutcome outcomeOf(AttemptRequest request) throws InterruptedException {
        platform.submit(RUN, List.of(request));
        TestPlatforms.awaitAllEnded(platform);
        return status(request.attempt().step().value()).outcome();
    }

    private void awaitStarted(String step) throws InterruptedException {
        TestPlatforms.await(platform, statuses -> status(step).started() != null);
    }

    private AttemptStatus status(String step) {
        return Stream.of(platform.statuses(RUN))
                .flatMap(List::stream)
                .filter(status -> status.attempt().step().value().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private AttemptFolder folder(String step) {
        return AttemptFolder.of(workspace.directory(), RUN, step(step).id());
    }
}
