package org.emrelay.stepprocess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Ends this process when its runner is gone, however it went: the kernel closes the pipe even after a kill -9. */
final class LifeLine {

    /** What a shell reports for SIGKILL, which this end resembles most; the runner is not there to see it. */
    private static final int KILLED = 137;

    /** A process that forks faster than it can be killed must not keep this one alive. */
    private static final int ROUNDS = 10;

    private static final long LOOK_AT_RUNNER_MILLIS = 50;

    private LifeLine() {}

    /** What arrives first is the command; a pipe that closes before makes this process useless, not a failure. */
    static CompletableFuture<StepCommand> hold(InputStream pipe) {
        CompletableFuture<StepCommand> command = new CompletableFuture<>();
        Thread watch = new Thread(() -> watch(pipe, command), "life-line");
        watch.setDaemon(true);
        watch.start();
        Runtime.getRuntime().addShutdownHook(new Thread(LifeLine::wakeWatch, "life-line-release"));
        return command;
    }

    private static void watch(InputStream pipe, CompletableFuture<StepCommand> command) {
        try {
            Optional<StepCommand> received = StepCommand.readFrom(pipe);
            if (received.isEmpty()) {
                Runtime.getRuntime().halt(0);
            }
            received.ifPresent(command::complete);
        } catch (IOException garbled) {
            System.err.println(garbled.getMessage());
            Runtime.getRuntime().halt(1);
        }
        awaitEnd(pipe);
        end();
    }

    private static void awaitEnd(InputStream pipe) {
        Optional<ProcessHandle> runner = ProcessHandle.current().parent();
        try {
            if (pipe.read() >= 0) {
                // The runner sends nothing after the command: wakeWatch did, and shutdown hooks may still hang.
                while (ProcessHandle.current().parent().equals(runner)) {
                    Thread.sleep(LOOK_AT_RUNNER_MILLIS);
                }
            }
        } catch (IOException | InterruptedException broken) {
            // As good as closed.
        }
    }

    /**
     * A JVM that ends waits 0.3 s for threads that sit in a system call, as the watch does. On Linux a process can
     * write into its own standard input, and so get it out of there; elsewhere the end takes the 0.3 s longer.
     */
    private static void wakeWatch() {
        Path standardInput = Path.of("/proc/self/fd/0");
        try {
            if (Files.readSymbolicLink(standardInput).toString().startsWith("pipe:")) {
                Files.write(standardInput, new byte[1], StandardOpenOption.WRITE);
            }
        } catch (IOException | RuntimeException notLinux) {
            // The end takes longer, nothing else.
        }
    }

    private static void end() {
        try {
            killDescendants();
        } finally {
            // No shutdown hooks: they could write, and they could hang.
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private static void killDescendants() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> descendants =
                    ProcessHandle.current().descendants().toList();
            if (descendants.isEmpty()) {
                return;
            }
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
