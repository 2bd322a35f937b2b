package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.local.TestPlatforms.RUN;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.StepOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRunnerTest {
    private static final AttemptId WORDS = AttemptRequestBuilder.step("words").id();
    private static final AttemptId COUNTS = AttemptRequestBuilder.step("counts").id();

    private LocalWorkspace workspace;

    @BeforeEach
    void openWorkspace(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("workspace"));
    }

    @Test
    void attachWaitsForTheProcessesOfAKilledRunner() throws Exception {
        List<ProcessHandle> orphans = orphansOfKilledRunner("hold");
        assertThat(attach())
                .singleElement()
                .extracting(AttemptStatus::attempt, AttemptStatus::outcome)
                .containsExactly(WORDS, new StepOutcome.Lost("the runner that started it has ended"));
        assertThat(orphans).hasSize(2).noneMatch(KilledRunnerTest::isRunning);
        assertThat(folder(WORDS).work()).doesNotExist();
        assertThat(folder(COUNTS).work()).doesNotExist();
        assertThat(processes()).isEmpty();
    }

    @Test
    void attachKillsAStepThatOutlivesItsRunner() throws Exception {
        List<ProcessHandle> orphans = orphansOfKilledRunner("hold-stubbornly");
        attach();
        assertThat(orphans).noneMatch(KilledRunnerTest::isRunning);
    }

    @Test
    void aNewStepStartsAfterOrphansAreKilled() throws Exception {
        List<ProcessHandle> orphans = orphansOfKilledRunner("hold-stubbornly");
        try (LocalPlatform platform = TestPlatforms.create(workspace, new LocalResources(2, 512), notice -> {})) {
            platform.submit(
                    RUN,
                    List.of(AttemptRequestBuilder.step("other", "succeed")
                            .resources("64m", 1, 1, null)
                            .build()));
            TestPlatforms.awaitAllEnded(platform);
        }
        assertThat(orphans).noneMatch(KilledRunnerTest::isRunning);
    }

    @Test
    void aStepOfALivingRunnerKeepsRunning() throws Exception {
        Process runner = startRunner("hold");
        try {
            ProcessHandle step = processes().get(0);
            assertThat(attach())
                    .singleElement()
                    .extracting(AttemptStatus::hasEnded)
                    .isEqualTo(false);
            assertThat(isRunning(step)).isTrue();
        } finally {
            runner.destroyForcibly().waitFor();
        }
        attach();
    }

    @Test
    void aProcessWithAReusedIdIsNotKilled() throws Exception {
        ProcessHandle unrelated = new ProcessBuilder("sleep", "600").start().toHandle();
        try {
            ProcessTable table = new ProcessTable(workspace.directory());
            table.add(RUN, WORDS, unrelated, Instant.EPOCH);
            Path record = records().get(0);
            Files.writeString(
                    record,
                    Files.readString(record)
                            .replaceFirst("\"started\":\"[^\"]*\"", "\"started\":\"long ago\"")
                            .replaceFirst("\"runner_started\":\"[^\"]*\"", "\"runner_started\":\"long ago\""));
            table.endOrphans();
            assertThat(unrelated.isAlive()).isTrue();
            assertThat(records()).isEmpty();
        } finally {
            unrelated.destroyForcibly();
        }
    }

    @Test
    void skipsMalformedRecords() throws Exception {
        Path records = Files.createDirectories(workspace.directory().resolve("logs/.processes"));
        Files.writeString(records.resolve("1.json"), "{\"pid\": 1, \"star");
        Files.writeString(records.resolve("2.json"), "");
        assertThat(attach()).hasSize(1);
    }

    private List<AttemptStatus> attach() {
        try (LocalPlatform platform = TestPlatforms.create(workspace, new LocalResources(2, 512), notice -> {})) {
            return platform.attach(RUN, List.of(WORDS));
        }
    }

    private List<ProcessHandle> orphansOfKilledRunner(String step) throws Exception {
        Process runner = startRunner(step);
        List<ProcessHandle> orphans = processes();
        runner.destroyForcibly().waitFor();
        return orphans;
    }

    private Process startRunner(String step) throws IOException {
        Process runner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillableRunner.class.getName(),
                        workspace.directory().toString(),
                        step)
                .redirectError(Redirect.INHERIT)
                .redirectOutput(Redirect.DISCARD)
                .start();
        LogText.awaitLine(folder(WORDS).stdout(), step.equals("hold") ? "holding" : "stubborn");
        LogText.awaitLine(folder(COUNTS).stdout(), "waiting in ");
        return runner;
    }

    private List<ProcessHandle> processes() throws IOException {
        List<ProcessHandle> processes = new ArrayList<>();
        for (Path record : records()) {
            String pid = record.getFileName().toString().replace(".json", "");
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(processes::add);
        }
        return processes;
    }

    private List<Path> records() throws IOException {
        Path directory = workspace.directory().resolve("logs/.processes");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** A zombie is still listed if no process reaps orphans. */
    private static boolean isRunning(ProcessHandle process) {
        return ProcessIdentity.of(process).find().isPresent();
    }

    private AttemptFolder folder(AttemptId attempt) {
        return AttemptFolder.of(workspace.directory(), RUN, attempt);
    }
}
