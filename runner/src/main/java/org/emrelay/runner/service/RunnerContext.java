package org.emrelay.runner.service;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.report.TerminalSize;
import org.emrelay.runner.report.TerminalStream;

/**
 * Everything outside the process that a command uses; tests substitute it.
 *
 * @param out results; filtered for the terminal
 * @param err progress, warnings and errors; filtered for the terminal
 * @param sleeper sleeps on that clock
 * @param home the directory of runner.jar and the Spark runtime
 * @param processes identifies the processes that hold leases
 * @param platforms the registered platforms
 * @param command how the user started this program
 */
public record RunnerContext(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Path currentDirectory,
        Map<String, String> environment,
        Path home,
        Terminal terminal,
        Clock clock,
        Sleeper sleeper,
        RandomGenerator random,
        ProcessLiveness processes,
        Platforms platforms,
        RunnerCommand command) {
    public RunnerContext {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(terminal, "terminal");
        out = TerminalStream.over(out, terminal.coloredOut());
        err = TerminalStream.over(err, terminal.coloredErr());
        Objects.requireNonNull(currentDirectory, "currentDirectory");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(sleeper, "sleeper");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(processes, "processes");
        Objects.requireNonNull(platforms, "platforms");
        Objects.requireNonNull(command, "command");
    }

    /**
     * The terminal that progress is written to.
     *
     * @param live whether lines can be redrawn in place
     * @param interactive whether the user can answer questions
     * @param coloredOut whether results have colours
     * @param coloredErr whether progress and errors have colours
     * @param size its size now
     */
    public record Terminal(
            boolean live, boolean interactive, boolean coloredOut, boolean coloredErr, Supplier<TerminalSize> size) {
        public Terminal {
            Objects.requireNonNull(size, "size");
        }

        public int columns() {
            return size.get().columns();
        }
    }

    public RunnerContext withCommand(RunnerCommand given) {
        return new RunnerContext(
                in,
                out,
                err,
                currentDirectory,
                environment,
                home,
                terminal,
                clock,
                sleeper,
                random,
                processes,
                platforms,
                given);
    }

    /** Resolves a path of the command line against the current directory. */
    public Path resolve(Path path) {
        return currentDirectory.resolve(path).normalize();
    }
}
