package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.local.Platforms.RUN;

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
    private static final AttemptId WORDS = Launches.step("words").id();
    private static final AttemptId COUNTS = Launches.step("counts").id();

    private LocalWorkspace workspace;

    @BeforeEach
    void openWorkspace(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("workspace"));
    }

    @Test
    void whatAKilledRunnerLeftHasEndedWhenItsRunIsTakenUp() throws Exception {
        List<ProcessHandle> left = leftByKilledRunner("hold");
        assertThat(attach())
                .singleElement()
                .extracting(AttemptStatus::attempt, AttemptStatus::outcome)
                .containsExactly(WORDS, new StepOutcome.Lost("the runner that started it is gone"));
        assertThat(left).hasSize(2).noneMatch(KilledRunnerTest::runs);
        assertThat(folder(WORDS).work()).doesNotExist();
        assertThat(folder(COUNTS).work()).doesNotExist();
        assertThat(processes()).isEmpty();
    }

    @Test
    void aStepThatOutlivesItsRunnerIsKilledBeforeItsRunIsTakenUp() throws Exception {
        List<ProcessHandle> left = leftByKilledRunner("hold-stubbornly");
        attach();
        assertThat(left).noneMatch(KilledRunnerTest::runs);
    }

    @Test
    void aStepThatStartsWithoutTakingUpComesAfterWhatWasLeftToo() throws Exception {
        List<ProcessHandle> left = leftByKilledRunner("hold-stubbornly");
        try (LocalPlatform platform = Platforms.tiny(workspace, new LocalResources(2, 512), notice -> {})) {
            platform.submit(
                    RUN,
                    List.of(Launches.step("other", "succeed")
                            .sizes("64m", 1, 1, null)
                            .build()));
            Platforms.awaitAllEnded(platform);
        }
        assertThat(left).noneMatch(KilledRunnerTest::runs);
    }

    @Test
    void aStepThatALivingRunnerRunsIsLeftAlone() throws Exception {
        Process runner = startRunner("hold");
        try {
            ProcessHandle step = processes().get(0);
            assertThat(attach())
                    .singleElement()
                    .extracting(AttemptStatus::hasEnded)
                    .isEqualTo(false);
            assertThat(runs(step)).isTrue();
        } finally {
            runner.destroyForcibly().waitFor();
        }
        attach();
    }

    @Test
    void aProcessThatWasGivenTheSameNumberIsNotTakenForTheStep() throws Exception {
        ProcessHandle innocent = new ProcessBuilder("sleep", "600").start().toHandle();
        try {
            ProcessTable table = new ProcessTable(workspace.directory());
            table.add(RUN, WORDS, innocent, Instant.EPOCH);
            Path record = records().get(0);
            Files.writeString(
                    record,
                    Files.readString(record)
                            .replaceFirst("\"started\":\"[^\"]*\"", "\"started\":\"long ago\"")
                            .replaceFirst("\"runner_started\":\"[^\"]*\"", "\"runner_started\":\"long ago\""));
            table.endOrphans();
            assertThat(innocent.isAlive()).isTrue();
            assertThat(records()).isEmpty();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void aRecordThatIsNoneIsPassedOver() throws Exception {
        Path records = Files.createDirectories(workspace.directory().resolve("logs/.processes"));
        Files.writeString(records.resolve("1.json"), "{\"pid\": 1, \"star");
        Files.writeString(records.resolve("2.json"), "");
        assertThat(attach()).hasSize(1);
    }

    private List<AttemptStatus> attach() {
        try (LocalPlatform platform = Platforms.tiny(workspace, new LocalResources(2, 512), notice -> {})) {
            return platform.attach(RUN, List.of(WORDS));
        }
    }

    private List<ProcessHandle> leftByKilledRunner(String step) throws Exception {
        Process runner = startRunner(step);
        List<ProcessHandle> left = processes();
        runner.destroyForcibly().waitFor();
        return left;
    }

    private Process startRunner(String step) throws IOException {
        Process runner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedRunner.class.getName(),
                        workspace.directory().toString(),
                        step)
                .redirectError(Redirect.INHERIT)
                .redirectOutput(Redirect.DISCARD)
                .start();
        Logs.awaitLine(folder(WORDS).stdout(), step.equals("hold") ? "holding" : "stubborn");
        Logs.awaitLine(folder(COUNTS).stdout(), "waiting in ");
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

    /** One that has ended may still be listed where nobody asks after orphans. */
    private static boolean runs(ProcessHandle process) {
        return ProcessIdentity.of(process).find().isPresent();
    }

    private AttemptFolder folder(AttemptId attempt) {
        return AttemptFolder.of(workspace.directory(), RUN, attempt);
    }
}
