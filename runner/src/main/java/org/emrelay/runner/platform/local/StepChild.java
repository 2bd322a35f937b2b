package org.emrelay.runner.platform.local;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The process of an attempt.
 *
 * <p>It receives its command on standard input, which then stays open: the process kills itself when it closes.
 */
final class StepChild {

    /** How long a step may take to exit after SIGTERM. */
    private static final Executor AFTER_GRACE = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    private final Process process;
    private final CompletableFuture<Integer> exit;
    private volatile List<ProcessHandle> descendantsToKill = List.of();

    private StepChild(Process process) {
        this.process = process;
        this.exit = process.onExit().thenApply(ended -> {
            descendantsToKill.forEach(ProcessHandle::destroyForcibly);
            return ended.exitValue();
        });
    }

    static StepChild start(StepJvmCommand command, AttemptFolder folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.commandLine())
                .directory(folder.work().toFile())
                .redirectOutput(Redirect.appendTo(folder.stdout().toFile()))
                .redirectError(Redirect.appendTo(folder.stderr().toFile()));
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        return new StepChild(builder.start());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Completes with the exit code. */
    CompletableFuture<Integer> exit() {
        return exit;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends the command the process waits for. A failure shows in its exit code. */
    void send(Path summary, List<String> sparkArguments) {
        try {
            OutputStream pipe = process.getOutputStream();
            pipe.write(frames(summary, sparkArguments));
            pipe.flush();
        } catch (IOException exited) {
            stop();
        }
    }

    /** The command as {@code StepProcess} reads it from its standard input. */
    static byte[] frames(Path summary, List<String> sparkArguments) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frames = new DataOutputStream(bytes);
        frames.writeInt(sparkArguments.size() + 1);
        write(frames, summary.toString());
        for (String argument : sparkArguments) {
            write(frames, argument);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream frames, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frames.writeInt(bytes.length);
        frames.write(bytes);
    }

    /** Sends SIGTERM, and after a grace period SIGKILL, also to all child processes. */
    void stop() {
        descendantsToKill = process.descendants().toList();
        process.toHandle().destroy();
        AFTER_GRACE.execute(this::kill);
    }

    /** Kills a process that was never sent a command. */
    void discard() {
        process.destroyForcibly();
    }

    private void kill() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
