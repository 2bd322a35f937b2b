package org.emrelay.runner.platform.local;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The living process of one attempt. Its standard input brings it its command, and then keeps it alive by staying open. */
final class StepChild {

    /** How long a step may take to end by itself when it is asked to. */
    private static final Executor AFTER_GRACE = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);

    private final Process process;
    private final CompletableFuture<Integer> exit;
    private volatile List<ProcessHandle> doomed = List.of();

    private StepChild(Process process) {
        this.process = process;
        this.exit = process.onExit().thenApply(ended -> {
            doomed.forEach(ProcessHandle::destroyForcibly);
            return ended.exitValue();
        });
    }

    static StepChild start(StepJvmCommand command, AttemptFolder folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
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

    /** Sends the command that the process waits for. That it does not take it shows by its exit. */
    void send(Path summary, List<String> sparkArguments) {
        try {
            DataOutputStream frames = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            frames.writeInt(sparkArguments.size() + 1);
            write(frames, summary.toString());
            for (String argument : sparkArguments) {
                write(frames, argument);
            }
            frames.flush();
        } catch (IOException gone) {
            stop();
        }
    }

    private static void write(DataOutputStream frames, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frames.writeInt(bytes.length);
        frames.write(bytes);
    }

    /** Asks the process to end, and sees to it after a moment, together with every process that it started. */
    void stop() {
        doomed = process.descendants().toList();
        process.toHandle().destroy();
        AFTER_GRACE.execute(this::kill);
    }

    /** Ends a process that was never sent a command, and so has nothing to lose. */
    void dismiss() {
        process.destroyForcibly();
    }

    private void kill() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
