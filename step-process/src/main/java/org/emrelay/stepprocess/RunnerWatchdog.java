package org.emrelay.stepprocess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Kills this process and its children when the runner exits.
 *
 * <p>The runner holds the write end of this process's standard input, and the kernel closes it even after a
 * {@code kill -9}.
 */
final class RunnerWatchdog {

    /** The exit code a shell reports for SIGKILL. */
    private static final int EXIT_CODE = 137;

    /** A child that forks faster than it can be killed must not keep this process alive. */
    private static final int MAX_KILL_ROUNDS = 10;

    private static final long POLL_INTERVAL_MILLIS = 50;

    private RunnerWatchdog() {}

    /** The first message on the pipe is the command. If the pipe closes before, the process exits with 0: it is not needed. */
    static CompletableFuture<StepCommand> start(InputStream pipe) {
        CompletableFuture<StepCommand> command = new CompletableFuture<>();
        Thread watchdog = new Thread(() -> readCommandThenWatch(pipe, command), "runner-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        Runtime.getRuntime().addShutdownHook(new Thread(RunnerWatchdog::wakeReader, "runner-watchdog-wake"));
        return command;
    }

    private static void readCommandThenWatch(InputStream pipe, CompletableFuture<StepCommand> command) {
        try {
            Optional<StepCommand> received = StepCommand.readFrom(pipe);
            if (received.isEmpty()) {
                Runtime.getRuntime().halt(0);
            }
            received.ifPresent(command::complete);
        } catch (IOException malformed) {
            System.err.println(malformed.getMessage());
            Runtime.getRuntime().halt(1);
        }
        awaitRunnerExit(pipe);
        killProcessTree();
    }

    private static void awaitRunnerExit(InputStream pipe) {
        Optional<ProcessHandle> runner = ProcessHandle.current().parent();
        try {
            if (pipe.read() >= 0) {
                // The runner sends nothing after the command, so this byte is from wakeReader: the JVM shuts down.
                // Keep watching the runner, because a shutdown hook may hang.
                while (ProcessHandle.current().parent().equals(runner)) {
                    Thread.sleep(POLL_INTERVAL_MILLIS);
                }
            }
        } catch (IOException | InterruptedException unreadable) {
            // Treat an unreadable pipe as closed.
        }
    }

    /**
     * Unblocks the watchdog's read at shutdown. A JVM that shuts down waits 0.3 s for threads blocked in a system call.
     * On Linux a process can write to its own standard input; elsewhere shutdown takes 0.3 s longer.
     */
    private static void wakeReader() {
        Path standardInput = Path.of("/proc/self/fd/0");
        try {
            if (Files.readSymbolicLink(standardInput).toString().startsWith("pipe:")) {
                Files.write(standardInput, new byte[1], StandardOpenOption.WRITE);
            }
        } catch (IOException | RuntimeException notLinux) {
            // Shutdown takes 0.3 s longer.
        }
    }

    private static void killProcessTree() {
        try {
            killDescendants();
        } finally {
            // halt, not exit: shutdown hooks could write output or hang.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private static void killDescendants() {
        for (int round = 0; round < MAX_KILL_ROUNDS; round++) {
            List<ProcessHandle> descendants =
                    ProcessHandle.current().descendants().toList();
            if (descendants.isEmpty()) {
                return;
            }
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
