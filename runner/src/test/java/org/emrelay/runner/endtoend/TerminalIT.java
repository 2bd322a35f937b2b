package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.report.VirtualTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a user sees in a pseudo-terminal, which the program script of util-linux provides. */
final class TerminalIT {
    private static final int WAITING_STEPS = 16;

    @TempDir
    private Path temporary;

    private TestProject project;
    private Process process;
    private Path output;
    private Path device;
    private final VirtualTerminal terminal = new VirtualTerminal(200, 12);
    private int shown;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/script")) && Files.isDirectory(Path.of("/proc")),
                "no script of util-linux, which provides a pseudo-terminal");
        project = new TestProject(temporary);
        String holding = IntStream.rangeClosed(1, 2)
                .mapToObj(i -> "{ \"name\": \"hold" + i + "\", \"main_class\": \"endtoend.WaitForMarker\","
                        + " \"executor_memory\": \"512M\", \"args\": { \"markers\": \"" + project.markers() + "\" } }")
                .collect(Collectors.joining(", "));
        String waiting = IntStream.rangeClosed(1, WAITING_STEPS)
                .mapToObj(i -> "{ \"name\": \"note" + i + "\", \"main_class\": \"endtoend.WriteNote\","
                        + " \"args\": { \"text\": \"never\" } }")
                .collect(Collectors.joining(", "));
        project.steps(holding, waiting);
        output = temporary.resolve("output");
        device = temporary.resolve("device");
        String command = "stty rows 12 cols 200; tty > '" + device + "'; exec '"
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -XX:ActiveProcessorCount=2 -jar '" + BuildArtifacts.runnerJar()
                + "' run steps.json";
        List<String> arguments = new ArrayList<>(SigintReset.commandPrefix());
        arguments.addAll(List.of("script", "-qfec", command, output.toString()));
        ProcessBuilder script = new ProcessBuilder(arguments)
                .directory(project.directory().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        script.environment().put("TERM", "xterm");
        script.environment().remove("NO_COLOR");
        process = script.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            project.close();
        }
    }

    /** The lines that the user sees, and those that have scrolled away. */
    private List<String> lines() throws IOException {
        String all = Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
        // The first line is script's own.
        int start = all.indexOf('\n') + 1;
        String text = all.substring(start).replace("\r\n", "\n");
        terminal.print(text.substring(shown));
        shown = text.length();
        return terminal.lines();
    }

    private void awaitView(String first, String last) throws Exception {
        TestProject.await(first + " … " + last, () -> {
            List<String> lines = lines();
            return lines.size() > 1
                    && lines.get(1).startsWith(first)
                    && lines.get(lines.size() - 1).startsWith(last);
        });
    }

    private void resize(int columns, int rows) throws Exception {
        String terminalDevice = Files.readString(device).strip();
        assertThat(new ProcessBuilder(
                                "stty",
                                "-F",
                                terminalDevice,
                                "rows",
                                Integer.toString(rows),
                                "cols",
                                Integer.toString(columns))
                        .start()
                        .waitFor())
                .isZero();
        terminal.resize(columns, rows);
    }

    @Test
    void showsWhatRunsFollowsAResizeAndALogAndEndsOnControlC() throws Exception {
        project.awaitWaitingSteps(2);
        String summary = "0 of 18 steps done, 2 running, 16 waiting; ";
        awaitView("hold1: started", summary);
        TestProject.await("the running steps", () -> lines().size() == 3 + 11);

        List<String> small = lines();
        assertThat(small.get(0)).startsWith("Run ").endsWith(" of trial on this machine");
        assertThat(small.subList(1, 3)).containsExactlyInAnyOrder("hold1: started", "hold2: started");
        List<String> view = small.subList(3, small.size());
        assertThat(view).hasSize(11);
        assertThat(view.get(0)).matches("hold[12]: running, .*s");
        assertThat(view.get(2)).isEqualTo("note1: waiting, all cores are busy: 2 of 2 in use");
        assertThat(view.get(9)).isEqualTo("… and 9 more");

        resize(80, 24);
        TestProject.await("all steps", () -> lines().size() == 3 + 19);
        assertThat(lines().get(20)).startsWith("note16: waiting");
        assertThat(lines().get(21)).startsWith(summary);

        assertThat(project.run("list_clusters").expectExitCode(0).out()).contains("  trial  RUNNING  ");
        RunnerProcess follower = project.start("logs", "hold1", "--follow");
        Path log = project.workspace()
                .resolve("logs")
                .resolve(project.newestRun().getFileName())
                .resolve("hold1-1/stdout");
        String followed = "==> " + log + " <==\nwaiting for a marker\n";
        TestProject.await("the log", () -> follower.stdout().equals(followed));

        OutputStream keyboard = process.getOutputStream();
        keyboard.write('\003');
        keyboard.flush();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(follower.awaitExit().expectExitCode(0).out()).isEqualTo(followed);
        assertThat(lines().subList(0, 3)).isEqualTo(small.subList(0, 3));
        assertThat(lines())
                .contains("hold1: cancelled: interrupted", "hold2: cancelled: interrupted")
                .noneMatch(line -> line.contains(": running, ") || line.contains(" waiting; "));
        assertThat(lines()).anyMatch(line -> line.startsWith("Interrupted. Continue: java -jar "));
        assertThat(Files.readString(output)).contains("\033[33mhold1: cancelled: interrupted\033[0m");
    }
}
