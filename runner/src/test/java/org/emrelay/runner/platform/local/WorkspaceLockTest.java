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
import java.util.stream.Stream;
import org.emrelay.runner.platform.local.WorkspaceLock.Mode;
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

    @BeforeEach
    void openWorkspace(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("workspace"));
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aLockedWorkspaceIsRejectedWithItsHolder() throws Exception {
        try (WorkspaceLock lock = WorkspaceLock.acquire(workspace, Mode.RUN, "execute_steps", NOW)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW))
                    .isInstanceOf(WorkspaceLockedException.class)
                    .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                            + " (execute_steps, since 2026-11-20T10:00:00Z). Wait for it to end, or stop it.");
        }
    }

    @Test
    void aReleasedLockCanBeAcquiredAgain() throws Exception {
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW).close();
        assertThat(workspace.directory().resolve("locks")).isEmptyDirectory();
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW).close();
    }

    @Test
    void takesOverTheLockOfAKilledProcess() throws Exception {
        Process holder = contender();
        signal(holder);
        assertThat(answer(holder)).isEqualTo("acquired");
        assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW))
                .isInstanceOf(WorkspaceLockedException.class);
        holder.destroyForcibly().waitFor();
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW).close();
    }

    @Test
    void aReusedProcessIdDoesNotHoldTheLock() throws Exception {
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW);
        edit("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\"");
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW).close();
    }

    @Test
    void aHolderOnAnotherHostIsAssumedAlive() throws Exception {
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW);
        edit("\"host\" : \"[^\"]*\"", "\"host\" : \"elsewhere\"");
        assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW))
                .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                        + " on elsewhere (run, since 2026-11-20T10:00:00Z). Wait for it to end or, if it no longer runs, delete "
                        + file() + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"pid\": 1}", "{\"pid\": 1.5, \"started\": 3}", "\u0000\u0000"})
    void aMalformedLockFileDoesNotLock(String content) throws Exception {
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW);
        Files.writeString(file(), content);
        try (WorkspaceLock lock = WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW)) {
            assertThat(lock).isNotNull();
            assertThat(LockHolder.read(file())).isPresent();
        }
    }

    @Test
    void readersAndOneRunnerShareTheWorkspace() throws Exception {
        try (WorkspaceLock reader = WorkspaceLock.acquire(workspace, Mode.SHARED, "logs", NOW);
                WorkspaceLock runner = WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW);
                WorkspaceLock another = WorkspaceLock.acquire(workspace, Mode.SHARED, "list_steps", NOW)) {
            assertThat(List.of(reader, runner, another)).isNotEmpty();
            assertThatThrownBy(() -> another.change(Mode.RUN)).isInstanceOf(WorkspaceLockedException.class);
        }
    }

    @Test
    void deletionWaitsForReadersAndKeepsThemOut() throws Exception {
        try (WorkspaceLock deletion = WorkspaceLock.acquire(workspace, Mode.SHARED, "terminate_cluster", NOW)) {
            try (WorkspaceLock reader = WorkspaceLock.acquire(workspace, Mode.SHARED, "logs", NOW)) {
                assertThat(reader).isNotNull();
                assertThatThrownBy(() -> deletion.change(Mode.EXCLUSIVE))
                        .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                                + " (logs, since 2026-11-20T10:00:00Z). Wait for it to end, or stop it.");
            }
            deletion.change(Mode.EXCLUSIVE);

            assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, Mode.SHARED, "logs", NOW))
                    .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                            + " (terminate_cluster, since 2026-11-20T10:00:00Z). Wait for it to end, or stop it.");
        }
    }

    @Test
    void aCommandThatWaitedForADeletionDoesNotBringTheWorkspaceBack() throws Exception {
        WorkspaceLock deletion = WorkspaceLock.acquire(workspace, Mode.EXCLUSIVE, "terminate_cluster", NOW);
        deletion.deleteWorkspace();
        deletion.close();

        assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW))
                .isInstanceOf(WorkspaceLockedException.class)
                .hasMessage("Workspace " + workspace.directory() + " was deleted by another process meanwhile. Retry.");
        assertThat(workspace.directory()).doesNotExist();
    }

    @Test
    void exactlyOneOfManyConcurrentProcessesAcquiresTheLock() throws Exception {
        WorkspaceLock.acquire(workspace, Mode.RUN, "run", NOW);
        edit("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\"");
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

    /** The only holder's file. */
    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(workspace.directory().resolve("locks"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private void edit(String pattern, String replacement) throws IOException {
        Files.writeString(file(), Files.readString(file()).replaceFirst(pattern, replacement));
    }
}
