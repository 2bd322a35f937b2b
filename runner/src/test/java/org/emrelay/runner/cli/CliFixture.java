package org.emrelay.runner.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.emrelay.runner.platform.ProcessLiveness;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.local.LocalProcesses;
import org.emrelay.runner.report.TerminalSize;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.Platforms;
import org.emrelay.runner.service.RunnerContext;

/** Runs commands through the whole command line tool, with a directory, clock and environment of the test's own. */
final class CliFixture {
    static final String NOW = "2026-11-21T03:45:12Z";

    /** The id of the first cluster, from a random generator with a fixed seed. */
    static final String FIRST_CLUSTER_ID = "local-bb26934c";

    /** The id of the second cluster. */
    static final String SECOND_CLUSTER_ID = "local-8ffa0598";

    /** The id of a run that is added to the first cluster. */
    static final String RUN_ID = "20261121-034512-8ffa";

    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Random random = new Random(3);
    private Path current;
    private Clock clock = Clock.fixed(Instant.parse(NOW), ZoneOffset.UTC);
    private Sleeper sleeper = duration -> {
        throw new AssertionError("this test must not sleep");
    };
    private ProcessLiveness processes = new LocalProcesses();
    private String answer = "";
    private boolean interactive;
    private int terminalColumns;
    private Platforms platforms = Main.PLATFORMS;
    private String programName = "runner.sh";

    /** The outcome of a command, with the test's directory replaced by {@code DIR}. */
    record CommandResult(int code, String out, String err) {
        /** Removes options that commands in messages have in common. */
        CommandResult without(String options) {
            return new CommandResult(code, out.replace(options, ""), err.replace(options, ""));
        }
    }

    CliFixture(Path directory) {
        try {
            root = directory.toRealPath();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        current = root;
    }

    CliFixture inDirectory(String directory) {
        current = path(directory);
        return this;
    }

    /** Runs commands in a live terminal. */
    CliFixture inTerminal(int columns) {
        terminalColumns = columns;
        return this;
    }

    CliFixture withAnswer(String line) {
        answer = line + "\n";
        interactive = true;
        return this;
    }

    /** Replaces the clock, and the sleeper that advances it. */
    CliFixture withClock(Clock newClock, Sleeper newSleeper) {
        clock = newClock;
        sleeper = newSleeper;
        return this;
    }

    /** Replaces the processes that commands see; one of them is the command's own. */
    CliFixture withProcesses(ProcessLiveness newProcesses) {
        processes = newProcesses;
        return this;
    }

    /** Registers another platform beside those of the product. */
    CliFixture withPlatform(ClusterPlatform platform) {
        List<ClusterPlatform> all = new ArrayList<>(Main.PLATFORMS.all());
        all.add(platform);
        platforms = new Platforms(all);
        return this;
    }

    CliFixture withProgramName(String name) {
        programName = name;
        return this;
    }

    CliFixture withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    CliFixture file(String name, String text) {
        try {
            Files.createDirectories(path(name).getParent());
            Files.writeString(path(name), text);
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    CommandResult run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        RunnerContext context = new RunnerContext(
                new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                current,
                environment,
                root.resolve("no-runner-here"),
                new RunnerContext.Terminal(
                        terminalColumns > 0, interactive, false, false, () -> new TerminalSize(terminalColumns, 24)),
                clock,
                sleeper,
                random,
                processes,
                platforms,
                new RunnerCommand(programName, List.of()));
        int code = new CommandLineTool(context).run(List.of(arguments));
        return new CommandResult(code, withoutDirectory(out), withoutDirectory(err));
    }

    private String withoutDirectory(ByteArrayOutputStream output) {
        return output.toString(StandardCharsets.UTF_8).replace(root.toString(), "DIR");
    }
}
