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
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceLockTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final long PID = ProcessHandle.current().pid();

    private static final ClusterId CLUSTER = new ClusterId("local-1");

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
        try (WorkspaceLock lock = runner("execute_steps")) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> runner("run"))
                    .isInstanceOf(WorkspaceLockedException.class)
                    .hasMessage("Cluster local-1 of workspace " + workspace.directory() + " is locked by process " + PID
                            + " (execute_steps, since 2026-11-20T10:00:00Z). Wait for it to end, or stop it.");
        }
    }

    private WorkspaceLock runner(String command) throws IOException {
        return runner(command, CLUSTER);
    }

    private WorkspaceLock runner(String command, ClusterId cluster) throws IOException {
        WorkspaceLock lock = WorkspaceLock.acquire(workspace, command, NOW);
        try {
            lock.lockCluster(cluster);
            return lock;
        } catch (IOException | RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    @Test
    void runnersOfDifferentClustersShareTheWorkspace() throws Exception {
        try (WorkspaceLock first = runner("execute_steps");
                WorkspaceLock second = runner("run", new ClusterId("local-2"))) {
            assertThat(List.of(first, second)).hasSize(2);
            assertThatThrownBy(() -> runner("delete_steps", new ClusterId("local-2")))
                    .hasMessageContaining(" (run, since ");
            try (WorkspaceLock deletion = WorkspaceLock.acquire(workspace, "terminate_cluster", NOW)) {
                assertThatThrownBy(deletion::lockExclusively).isInstanceOf(WorkspaceLockedException.class);
            }
        }
    }

    @Test
    void aRunUsesTheCoresThatTheRunsOfOtherProcessesLeave() throws Exception {
        LocalResources machine = new LocalResources(4, 8192);
        ExecutionPlan small =
                LocalPlans.chain(AttemptRequestBuilder.step("words").resources("2G", 3, 1, null));
        try (WorkspaceLock first = runner("run");
                WorkspaceLock second = runner("run", new ClusterId("local-2"))) {
            assertThat(first.execute(new RunId("run-1"), small, machine).granted())
                    .isEqualTo(machine);
            assertThat(second.execute(new RunId("run-2"), small, machine).granted())
                    .isEqualTo(new LocalResources(1, 6144));
            assertThat(WorkspaceLock.executions(workspace))
                    .containsExactlyInAnyOrder(
                            new RunExecution(new RunId("run-1"), "books", 3, 2048, List.of()),
                            new RunExecution(new RunId("run-2"), "books", 1, 2048, List.of()));
        }
        assertThat(WorkspaceLock.executions(workspace)).isEmpty();
    }

    @Test
    void runsDoNotWriteToTheSameLocation() throws Exception {
        LocalResources machine = new LocalResources(4, 8192);
        try (WorkspaceLock first = runner("run");
                WorkspaceLock second = runner("run", new ClusterId("local-2"))) {
            first.execute(new RunId("run-1"), LocalPlans.writingTo("/data/books"), machine);
            second.execute(new RunId("run-2"), LocalPlans.writingTo("/data/books2"), machine);
            for (String overlap : List.of("/data/books/", "file:///data/books/clouds", "/data")) {
                assertThatThrownBy(() -> second.execute(new RunId("run-2"), LocalPlans.writingTo(overlap), machine))
                        .isInstanceOf(WorkspaceLockedException.class)
                        .hasMessageMatching(
                                "Run run-1 \\(books\\) also writes to /data\\S*\\. Wait for it to end, or write"
                                        + " to another location\\.");
            }
        }
    }

    /** The records of processes and resources tell nothing of another host. */
    @Test
    void runnersOnDifferentHostsDoNotShareTheWorkspace() throws Exception {
        runner("run");
        edit("\"host\" : \"[^\"]*\"", "\"host\" : \"elsewhere\"");
        assertThatThrownBy(() -> runner("run", new ClusterId("local-2")))
                .hasMessageContaining("is locked by process " + PID + " on elsewhere (run, since ");
    }

    @Test
    void aReleasedLockCanBeAcquiredAgain() throws Exception {
        runner("run").close();
        assertThat(workspace.directory().resolve("locks")).isEmptyDirectory();
        runner("run").close();
    }

    @Test
    void takesOverTheLockOfAKilledProcess() throws Exception {
        Process holder = contender();
        signal(holder);
        assertThat(answer(holder)).isEqualTo("acquired");
        assertThatThrownBy(() -> runner("run")).isInstanceOf(WorkspaceLockedException.class);
        holder.destroyForcibly().waitFor();
        runner("run").close();
    }

    @Test
    void aReusedProcessIdDoesNotHoldTheLock() throws Exception {
        runner("run");
        edit("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\"");
        runner("run").close();
    }

    @Test
    void aHolderOnAnotherHostIsAssumedAlive() throws Exception {
        runner("run");
        edit("\"host\" : \"[^\"]*\"", "\"host\" : \"elsewhere\"");
        assertThatThrownBy(() -> runner("run"))
                .hasMessage("Cluster local-1 of workspace " + workspace.directory() + " is locked by process " + PID
                        + " on elsewhere (run, since 2026-11-20T10:00:00Z). Wait for it to end or, if it no longer runs, delete "
                        + file() + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"pid\": 1}", "{\"pid\": 1.5, \"started\": 3}", "\u0000\u0000"})
    void aMalformedLockFileDoesNotLock(String content) throws Exception {
        runner("run");
        Files.writeString(file(), content);
        try (WorkspaceLock lock = runner("run")) {
            assertThat(lock).isNotNull();
            assertThat(LockHolder.read(file())).isPresent();
        }
    }

    @Test
    void readersAndOneRunnerShareTheWorkspace() throws Exception {
        try (WorkspaceLock reader = WorkspaceLock.acquire(workspace, "logs", NOW);
                WorkspaceLock runner = runner("run");
                WorkspaceLock another = WorkspaceLock.acquire(workspace, "list_steps", NOW)) {
            assertThat(List.of(reader, runner, another)).isNotEmpty();
            assertThatThrownBy(() -> another.lockCluster(CLUSTER)).isInstanceOf(WorkspaceLockedException.class);
        }
    }

    @Test
    void deletionWaitsForReadersAndKeepsThemOut() throws Exception {
        try (WorkspaceLock deletion = WorkspaceLock.acquire(workspace, "terminate_cluster", NOW)) {
            try (WorkspaceLock reader = WorkspaceLock.acquire(workspace, "logs", NOW)) {
                assertThat(reader).isNotNull();
                assertThatThrownBy(() -> deletion.lockExclusively())
                        .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                                + " (logs, since 2026-11-20T10:00:00Z). Wait for it to end, or stop it.");
            }
            deletion.lockExclusively();

            assertThatThrownBy(() -> WorkspaceLock.acquire(workspace, "logs", NOW))
                    .hasMessage("Workspace " + workspace.directory() + " is locked by process " + PID
                            + " (terminate_cluster, since 2026-11-20T10:00:00Z). Wait for it to end, or stop it.");
        }
    }

    @Test
    void aCommandThatWaitedForADeletionDoesNotBringTheWorkspaceBack() throws Exception {
        WorkspaceLock deletion = WorkspaceLock.acquire(workspace, "terminate_cluster", NOW);
        deletion.lockExclusively();
        deletion.deleteWorkspace();
        deletion.close();

        assertThatThrownBy(() -> runner("run"))
                .isInstanceOf(WorkspaceLockedException.class)
                .hasMessage("Workspace " + workspace.directory() + " was deleted by another process meanwhile. Retry.");
        assertThat(workspace.directory()).doesNotExist();
    }

    @Test
    void exactlyOneOfManyConcurrentProcessesAcquiresTheLock() throws Exception {
        runner("run");
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
