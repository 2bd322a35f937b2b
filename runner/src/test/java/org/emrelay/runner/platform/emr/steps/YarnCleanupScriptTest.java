package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of the YARN cleanup step in a real shell, with a fake yarn command that keeps applications as files. */
final class YarnCleanupScriptTest {
    private static final String FAKE_YARN = """
            #!/usr/bin/env bash
            echo "$*" >>"$STATE/calls"
            if [ -e "$STATE/down" ]; then rm "$STATE/down"; echo "Connection refused" >&2; exit 255; fi
            case "$2" in
              -list)
                echo "Total number of applications (application-types: [], states: [RUNNING] and tags: []):1"
                echo "                Application-Id	    Application-Name	    Application-Type"
                for file in "$STATE"/application_*; do
                  [ -e "$file" ] || continue
                  if [ "$5" = -appTags ]; then grep -qx "$6" "$file" || continue; fi
                  printf '%s\\t words\\t SPARK\\t hadoop\\n' "${file##*/}"
                done ;;
              -kill) if [ ! -e "$STATE/immortal" ]; then rm "$STATE/$3"; fi; echo "Killing application $3" ;;
            esac
            """;

    @TempDir
    Path directory;

    private Path state;

    /** Exit code and output of the script. */
    private record ScriptResult(int code, String output) {}

    @BeforeEach
    void createFakeCommands() throws IOException {
        state = Files.createDirectory(directory.resolve("state"));
        createCommand("yarn", FAKE_YARN);
        createCommand("sleep", "#!/usr/bin/env bash\necho slept >>\"$STATE/slept\"\n");
    }

    private void createCommand(String name, String text) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        assertThat(Files.writeString(bin.resolve(name), text).toFile().setExecutable(true))
                .isTrue();
    }

    private void createApplication(String id, String tag) throws IOException {
        Files.writeString(state.resolve(id), tag + "\n");
    }

    private ScriptResult run(String selector, String value) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-c", YarnCleanupStep.SCRIPT, "end-application", selector, value)
                .redirectErrorStream(true);
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("STATE", state.toString());
        builder.environment().put("STEP_LOGS", directory.resolve("steps").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ScriptResult(process.waitFor(), output);
    }

    private List<String> remainingApplications() throws IOException {
        try (var files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("application_"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void killsOnlyApplicationsWithTheTag() throws Exception {
        createApplication("application_17_0001", "emrelay-1");
        createApplication("application_17_0002", "foreign");

        ScriptResult result = run("tag", "emrelay-1");

        assertThat(result.code()).isZero();
        assertThat(result.output())
                .isEqualTo("Killing application application_17_0001\nNo application of emrelay-1 is running on YARN\n");
        assertThat(remainingApplications()).containsExactly("application_17_0002");
    }

    @Test
    void succeedsAtOnceWithoutApplications() throws Exception {
        createApplication("application_17_0002", "foreign");

        assertThat(run("tag", "emrelay-1"))
                .isEqualTo(new ScriptResult(0, "No application of emrelay-1 is running on YARN\n"));
        assertThat(state.resolve("slept")).doesNotExist();
        assertThat(remainingApplications()).containsExactly("application_17_0002");
    }

    @Test
    void findsAnUntaggedApplicationInTheStepsLog() throws Exception {
        createApplication("application_17_0001", "");
        createApplication("application_17_0002", "");
        Path stepLog = Files.createDirectories(directory.resolve("steps/s-1")).resolve("stderr.gz");
        try (OutputStream text = new GZIPOutputStream(Files.newOutputStream(stepLog))) {
            text.write("26/11/21 INFO YarnClientImpl: Submitted application application_17_0002\n"
                    .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(run("step", "s-1").code()).isZero();
        assertThat(remainingApplications()).containsExactly("application_17_0001");
    }

    @Test
    void retriesWhenYarnIsDown() throws Exception {
        createApplication("application_17_0001", "emrelay-1");
        Files.createFile(state.resolve("down"));

        ScriptResult result = run("tag", "emrelay-1");

        assertThat(result.code()).isZero();
        assertThat(remainingApplications()).isEmpty();
    }

    @Test
    void failsIfAnApplicationSurvives() throws Exception {
        createApplication("application_17_0001", "emrelay-1");
        Files.createFile(state.resolve("immortal"));

        ScriptResult result = run("tag", "emrelay-1");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).endsWith("Still running on YARN for emrelay-1: application_17_0001\n");
        assertThat(Files.readAllLines(state.resolve("slept"))).hasSize(10);
    }

    @Test
    void preventsShellInjection() throws Exception {
        ScriptResult result = run("tag", "$(touch " + state.resolve("application_9_9") + ")");

        assertThat(result.code()).isZero();
        assertThat(remainingApplications()).isEmpty();
    }
}
