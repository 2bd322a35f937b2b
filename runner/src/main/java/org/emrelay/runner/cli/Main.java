package org.emrelay.runner.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.cli.CliContext.Terminal;
import org.emrelay.runner.platform.aws.client.Sleeper;
import org.emrelay.runner.platform.local.LocalProcesses;

/** The program: builds the world it runs in and hands the command line on. */
public final class Main {
    private static final int USUAL_COLUMNS = 100;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        CliContext world = new CliContext(
                System.in,
                out,
                err,
                Path.of("").toAbsolutePath(),
                System.getenv(),
                home(),
                terminal(System.getenv()),
                Clock.systemUTC(),
                Sleeper.real(),
                new SecureRandom(),
                new LocalProcesses());
        String programName = System.getProperty("runner.command", "java -jar runner.jar");
        ExitCode code = new CommandLineTool(world, programName).run(List.of(arguments));
        out.flush();
        err.flush();
        System.exit(code.code());
    }

    /** UTF-8 on every system: step names, paths and table lines go beyond ASCII, and POSIX locales beyond nothing. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** runner.sh knows what its stderr is and says so; without it only the JVM's console tells, and it needs stdout to be one too. */
    private static Terminal terminal(Map<String, String> environment) {
        String told = System.getProperty("runner.terminal");
        boolean live = told != null ? Boolean.parseBoolean(told) : hasConsole();
        boolean dumb = "dumb".equals(environment.get("TERM"));
        Integer columns = Integer.getInteger("runner.columns");
        return new Terminal(
                live && !dumb,
                columns == null || columns < 40 ? USUAL_COLUMNS : columns,
                live && !dumb && !environment.containsKey("NO_COLOR"),
                Boolean.parseBoolean(System.getProperty("runner.interactive", String.valueOf(hasConsole()))));
    }

    /** From JDK 22 on there is always a console, and no way that JDK 17 compiles to ask whether it is a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Asked only where it is null without a terminal.
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
            throw new IllegalStateException("where this program lies is no URI", exception);
        }
    }
}
