package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A runner command in its own process, with the step processes that it started. */
final class RunnerProcess implements AutoCloseable {
    private static final long TIMEOUT_MINUTES = 5;

    private final String command;
    private final Process process;
    private final Path out;
    private final Path err;

    RunnerProcess(List<String> command, Path directory, Path logs) throws IOException {
        this.command = String.join(" ", command);
        this.out = Files.createTempFile(logs, "command", ".out");
        this.err = Files.createTempFile(logs, "command", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        this.process = builder.start();
        process.getOutputStream().close();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The current descendant processes. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** The stdout output so far. */
    String stdout() throws IOException {
        return Files.readString(out);
    }

    /** The stderr output so far. */
    String stderr() throws IOException {
        return Files.readString(err);
    }

    /** Kills the process, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGINT to this process only. */
    void interrupt() throws IOException, InterruptedException {
        interrupt(Stream.of(process.toHandle()));
    }

    /** Sends SIGINT to this process and its descendants, as Ctrl-C in a terminal does. */
    void interruptAll() throws IOException, InterruptedException {
        interrupt(Stream.concat(Stream.of(process.toHandle()), descendants().stream()));
    }

    private static void interrupt(Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> kill = Stream.concat(
                        Stream.of("kill", "-INT"),
                        processes.map(ProcessHandle::pid).map(String::valueOf))
                .toList();
        assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
    }

    /** Waits for the process to exit. */
    ProcessResult awaitExit() throws IOException, InterruptedException {
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("Process does not exit: " + result(-1));
        }
        return result(process.exitValue());
    }

    private ProcessResult result(int exitCode) throws IOException {
        return new ProcessResult(command, exitCode, Files.readString(out), stderr());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
