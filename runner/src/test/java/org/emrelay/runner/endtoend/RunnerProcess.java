package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One command of the runner as a process of its own, with the steps' processes that it has started. */
final class RunnerProcess implements AutoCloseable {
    private static final long LONGEST_MINUTES = 5;

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

    /** The processes below it at this moment. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** What it has said on stderr so far. */
    String said() throws IOException {
        return Files.readString(err);
    }

    /** As {@code kill -9}: it gets no chance to do anything more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C, but for this process alone. */
    void interrupt() throws IOException, InterruptedException {
        interrupt(Stream.of(process.toHandle()));
    }

    /** As Ctrl-C on a terminal, which all processes below get too. */
    void interruptAll() throws IOException, InterruptedException {
        interrupt(Stream.concat(Stream.of(process.toHandle()), children().stream()));
    }

    private static void interrupt(Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> kill = Stream.concat(
                        Stream.of("kill", "-INT"),
                        processes.map(ProcessHandle::pid).map(String::valueOf))
                .toList();
        assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
    }

    /** Waits until it has ended by itself. */
    Ended ended() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("does not end: " + soFar(-1));
        }
        return soFar(process.exitValue());
    }

    private Ended soFar(int exitCode) throws IOException {
        return new Ended(command, exitCode, Files.readString(out), said());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
