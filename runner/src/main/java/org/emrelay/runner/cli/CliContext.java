package org.emrelay.runner.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.aws.client.Sleeper;
import org.emrelay.runner.report.Progress;

/**
 * Everything outside this process that a command may touch, handed in so that a test can hand in another.
 *
 * @param out results
 * @param err progress and problems
 * @param sleeper lets time pass on that clock
 * @param home the directory of runner.jar, beside which the Spark runtime is looked for
 * @param processes this one and those beside it, as leases name them
 */
record CliContext(
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
        ProcessLiveness processes) {
    CliContext {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
        Objects.requireNonNull(currentDirectory, "currentDirectory");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(terminal, "terminal");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(sleeper, "sleeper");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(processes, "processes");
    }

    /**
     * What kind of thing progress is written to.
     *
     * @param live whether lines can be redrawn in place
     * @param columns its width
     * @param interactive whether somebody can be asked
     */
    record Terminal(boolean live, int columns, boolean colours, boolean interactive) {}

    /** A path of the command line: relative to where the command was given. */
    Path resolve(Path path) {
        return currentDirectory.resolve(path).normalize();
    }

    Progress progress() {
        return new Progress(err, clock, terminal.live(), terminal.columns());
    }
}
