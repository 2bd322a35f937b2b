package org.emrelay.runner.cli;

import java.io.FileDescriptor;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.ShellWord;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.local.LocalProcesses;
import org.emrelay.runner.report.TerminalSize;
import org.emrelay.runner.service.Platforms;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.RunnerContext.Terminal;
import org.emrelay.runner.service.emr.EmrClusterPlatform;
import org.emrelay.runner.service.local.LocalClusterPlatform;

/** The entry point: builds the context and runs the command line. */
public final class Main {
    /** All platforms, in the order in which they are asked for a cluster. */
    static final Platforms PLATFORMS = new Platforms(List.of(new LocalClusterPlatform(), new EmrClusterPlatform()));

    private Main() {}

    public static void main(String[] arguments) {
        StandardStream standardOutput = new StandardStream(FileDescriptor.out);
        PrintStream out = standardOutput.printer();
        PrintStream err = new StandardStream(FileDescriptor.err).printer();
        RunnerContext context = new RunnerContext(
                System.in,
                out,
                err,
                Path.of("").toAbsolutePath(),
                System.getenv(),
                home(),
                terminal(System.getenv()),
                Clock.systemUTC(),
                Sleeper.system(),
                new SecureRandom(),
                new LocalProcesses(),
                PLATFORMS,
                new RunnerCommand(programName(), List.of()));
        int code = new CommandLineTool(context).run(List.of(arguments));
        out.flush();
        code = withOutput(code, standardOutput, err);
        err.flush();
        RunnerArchive.createIfMissing();
        System.exit(code);
    }

    /** runner.sh passes its name. With -jar, the class path is the jar as the user named it. */
    private static String programName() {
        String script = System.getProperty("runner.command");
        return script == null
                ? "java -jar " + ShellWord.quoted(System.getProperty("java.class.path", "runner.jar"))
                : ShellWord.quoted(script);
    }

    /** A script must not take truncated output for the whole. */
    static int withOutput(int code, StandardStream output, PrintStream err) {
        output.failure().ifPresent(reason -> err.println("Cannot write to standard output: " + reason + "."));
        return code == ExitCode.DONE.code() && output.failure().isPresent() ? ExitCode.PLATFORM_FAILED.code() : code;
    }

    /** runner.sh passes whether stderr is a terminal. The JVM only knows its console, which requires stdout to be one too. */
    private static Terminal terminal(Map<String, String> environment) {
        String passed = System.getProperty("runner.terminal");
        boolean errIsTerminal = passed != null ? Boolean.parseBoolean(passed) : hasConsole();
        boolean outIsTerminal = Boolean.parseBoolean(System.getProperty("runner.output", String.valueOf(hasConsole())));
        boolean isPlain = "dumb".equals(environment.get("TERM"));
        boolean colored = !isPlain && environment.getOrDefault("NO_COLOR", "").isEmpty();
        Integer columns = Integer.getInteger("runner.columns");
        Integer rows = Integer.getInteger("runner.rows");
        TerminalSize size = columns == null || rows == null ? null : new TerminalSize(columns, rows);
        return new Terminal(
                errIsTerminal && !isPlain,
                Boolean.parseBoolean(System.getProperty("runner.interactive", String.valueOf(hasConsole()))),
                outIsTerminal && colored,
                errIsTerminal && colored,
                new TerminalWindow(errIsTerminal, size));
    }

    /** Since JDK 22 a console always exists, and {@code isTerminal} does not compile on JDK 17. */
    @SuppressWarnings("SystemConsoleNull") // Called only on JDKs where it is null without a terminal.
    private static boolean hasConsole() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }

    private static Path home() {
        try {
            Path code = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(code.toAbsolutePath().getParent());
        } catch (URISyntaxException exception) {
            throw new IllegalStateException("the code location is not a URI", exception);
        }
    }
}
