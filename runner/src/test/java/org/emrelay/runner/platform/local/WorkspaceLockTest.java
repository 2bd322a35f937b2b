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
    void aLockedWorkspaceIsRejectedWithItsHolder() throws Exception {
        try (WorkspaceLock lock = WorkspaceLock.acquire(workspace, "execute_steps", NOW)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, "run", NOW))
                    .isInstanceOf(WorkspaceLockedException.class)
                    .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                            + " (execute_steps, since 2026-11-20T10:00:00Z). Wait for it to end, or stop it.");
        }
    }

    @Test
    void aReleasedLockCanBeAcquiredAgain() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW).close();
        assertThat(file).doesNotExist();
        WorkspaceLock.acquire(workspace, "run", NOW).close();
    }

    @Test
    void takesOverTheLockOfAKilledProcess() throws Exception {
        Process holder = contender();
        signal(holder);
        assertThat(answer(holder)).isEqualTo("acquired");
        assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, "run", NOW))
                .isInstanceOf(WorkspaceLockedException.class);
        holder.destroyForcibly().waitFor();
        WorkspaceLock.acquire(workspace, "run", NOW).close();
    }

    @Test
    void aReusedProcessIdDoesNotHoldTheLock() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\""));
        WorkspaceLock.acquire(workspace, "run", NOW).close();
    }

    @Test
    void aHolderOnAnotherHostIsAssumedAlive() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"host\" : \"[^\"]*\"", "\"host\" : \"elsewhere\""));
        assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, "run", NOW))
                .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                        + " on elsewhere (run, since 2026-11-20T10:00:00Z). Wait for it to end or, if it no longer runs, delete "
                        + file + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"pid\": 1}", "{\"pid\": 1.5, \"started\": 3}", "\u0000\u0000"})
    void aMalformedLockFileDoesNotLock(String content) throws Exception {
        Files.writeString(file, content);
        try (WorkspaceLock lock = WorkspaceLock.acquire(workspace, "run", NOW)) {
            assertThat(lock).isNotNull();
            assertThat(LockHolder.read(file)).isPresent();
        }
    }

    @Test
    void closingALostLockKeepsTheNewHolder() throws Exception {
        WorkspaceLock first = WorkspaceLock.acquire(workspace, "run", NOW);
        Files.delete(file);
        WorkspaceLock second = WorkspaceLock.acquire(workspace, "run", NOW.plusSeconds(1));
        first.close();
        assertThat(file).exists();
        second.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void exactlyOneOfManyConcurrentProcessesAcquiresTheLock() throws Exception {
        WorkspaceLock.acquire(workspace, "run", NOW);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\""));
        List<Process> contenders = List.of(contender(), contender(), contender(), contender());
        for (Process contender : contenders) {
            signal(contender);
        }
        List<String> answers = new ArrayList<>();
        for (Process contender : contenders) {
            answers.add(answer(contender));
        }
        assertThat(answers).containsExactlyInAnyOrder("acquired", "rejected", "rejected", "rejected");
    }

    /** A process ready to acquire the lock. */
    private Process contender() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockContender.class.getName(),
                        workspace.directory().toString())
                .redirectError(Redirect.INHERIT)
                .start();
        started.add(process);
        assertThat(answer(process)).isEqualTo("ready");
        return process;
    }

    private static void signal(Process contender) throws IOException {
        contender.getOutputStream().write('\n');
        contender.getOutputStream().flush();
    }

    private static String answer(Process contender) throws IOException {
        BufferedReader lines = contender.inputReader(StandardCharsets.UTF_8);
        return lines.readLine();
    }
}
