package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runner.sh passes to java; {@link RunnerScriptIT} runs it with a real one. */
final class RunnerScriptTest {
    @TempDir
    Path directory;

    @Test
    void onlyCommandsThatUploadFilesRunWithC2() throws Exception {
        install();
        for (String command : List.of(
                "-a run",
                "-a=run",
                "--action=run -p x=y",
                "run steps.json",
                "--workspace w run",
                "-a add_steps",
                "add-steps my_steps.json",
                "execute-steps",
                "-a execute_steps")) {
            assertThat(tier(command)).as(command).isEqualTo("-XX:TieredStopAtLevel=4");
        }
        for (String command : List.of(
                "--help",
                "-a plan",
                "plan my_steps.json",
                "plan run.json",
                "list_steps",
                "-a delete_steps",
                "logs -h")) {
            assertThat(tier(command)).as(command).isEqualTo("-XX:TieredStopAtLevel=1");
        }
    }

    /** JAVA_HOME has a java that prints its arguments. */
    private void install() throws IOException {
        Files.copy(Path.of("../runner.sh"), directory.resolve("runner.sh"));
        Files.createFile(directory.resolve("runner.jar"));
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    private String tier(String arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(directory.resolve("runner.sh").toString()));
        command.addAll(Arrays.asList(arguments.split(" ", -1)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().put("HOME", directory.toString());
        String printed = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return printed.lines()
                .filter(line -> line.startsWith("-XX:TieredStopAtLevel"))
                .findFirst()
                .orElse(printed);
    }
}
