package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceLockTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final long PID = ProcessHandle.current().pid();

    private final List<Process> started = new ArrayList<>();
    private LocalWorkspace workspace;
    private Path file;

    @BeforeEach
    void openWorkspace(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("workspace"));
        file = workspace.directory().resolve("lock.json");
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aHeldWorkspaceIsRefusedAndTheHolderIsNamed() throws Exception {
        try (WorkspaceLock lock = WorkspaceLock.acquire(workspace, "execute_steps", NOW)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, "run", NOW))
                    .isInstanceOf(WorkspaceLockedException.class)
                    .hasMessage("The workspace " + workspace.directory() + " is in use by process " + PID
                            + " (execute_steps, since 2026-11-20T10:00:00Z). Wait until it has ended, or stop it.");
        }
    }

    @Test
    void aLockThatWasGivenBackCanBeTakenAgain() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW).close();
        assertThat(file).doesNotExist();
        WorkspaceLock.acquire(workspace, "run", NOW).close();
    }

    @Test
    void theLockOfAKilledProcessIsTakenOver() throws Exception {
        Process holder = contender();
        tell(holder);
        assertThat(answer(holder)).isEqualTo("won");
        assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, "run", NOW))
                .isInstanceOf(WorkspaceLockedException.class);
        holder.destroyForcibly().waitFor();
        WorkspaceLock.acquire(workspace, "run", NOW).close();
    }

    @Test
    void aNewProcessWithTheOldNumberDoesNotKeepTheLock() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\""));
        WorkspaceLock.acquire(workspace, "run", NOW).close();
    }

    @Test
    void aHolderOnAnotherMachineIsTakenToLive() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"host\" : \"[^\"]*\"", "\"host\" : \"elsewhere\""));
        assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, "run", NOW))
                .hasMessage("The workspace " + workspace.directory() + " is in use by process " + PID
                        + " on elsewhere (run, since 2026-11-20T10:00:00Z). Wait until it has ended, or, if it is gone, remove "
                        + file + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"pid\": 1}", "{\"pid\": 1.5, \"started\": 3}", "\u0000\u0000"})
    void aTornLockFileKeepsNobodyOut(String content) throws Exception {
        Files.writeString(file, content);
        try (WorkspaceLock lock = WorkspaceLock.acquire(workspace, "run", NOW)) {
            assertThat(lock).isNotNull();
            assertThat(LockHolder.read(file)).isPresent();
        }
    }

    @Test
    void whoLostTheLockDoesNotTakeItFromItsNewHolder() throws Exception {
        WorkspaceLock first = WorkspaceLock.acquire(workspace, "run", NOW);
        Files.delete(file);
        WorkspaceLock second = WorkspaceLock.acquire(workspace, "run", NOW.plusSeconds(1));
        first.close();
        assertThat(file).exists();
        second.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void ofManyStartersAtOneInstantExactlyOneWins() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\""));
        List<Process> contenders = List.of(contender(), contender(), contender(), contender());
        for (Process contender : contenders) {
            tell(contender);
        }
        List<String> answers = new ArrayList<>();
        for (Process contender : contenders) {
            answers.add(answer(contender));
        }
        assertThat(answers).containsExactlyInAnyOrder("won", "refused", "refused", "refused");
    }

    /** A process that stands at the start. */
    private Process contender() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockAttempt.class.getName(),
                        workspace.directory().toString())
                .redirectError(Redirect.INHERIT)
                .start();
        started.add(process);
        assertThat(answer(process)).isEqualTo("ready");
        return process;
    }

    private static void tell(Process contender) throws IOException {
        contender.getOutputStream().write('\n');
        contender.getOutputStream().flush();
    }

    private static String answer(Process contender) throws IOException {
        BufferedReader lines = contender.inputReader(StandardCharsets.UTF_8);
        return lines.readLine();
    }
}
