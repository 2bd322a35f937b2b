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

/** The script that a helper step runs on the cluster, in a real shell, with a yarn of the test's own that keeps its applications as files. */
final class YarnCleanupScriptTest {
    private static final String YARN = """
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

    /** What the script came to. */
    private record Ended(int code, String said) {}

    @BeforeEach
    void layOut() throws IOException {
        state = Files.createDirectory(directory.resolve("state"));
        program("yarn", YARN);
        program("sleep", "#!/usr/bin/env bash\necho slept >>\"$STATE/slept\"\n");
    }

    private void program(String name, String text) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        assertThat(Files.writeString(bin.resolve(name), text).toFile().setExecutable(true))
                .isTrue();
    }

    private void application(String id, String tag) throws IOException {
        Files.writeString(state.resolve(id), tag + "\n");
    }

    private Ended run(String by, String what) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", YarnCleanupConfig.SCRIPT, "end-application", by, what)
                .redirectErrorStream(true);
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("STATE", state.toString());
        builder.environment().put("STEP_LOGS", directory.resolve("steps").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("application_"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void killsWhatBearsTheTagAndNothingElse() throws Exception {
        application("application_17_0001", "ours");
        application("application_17_0002", "theirs");

        Ended ended = run("tag", "ours");

        assertThat(ended.code()).isZero();
        assertThat(ended.said())
                .isEqualTo("Killing application application_17_0001\nNothing of ours is left on YARN\n");
        assertThat(left()).containsExactly("application_17_0002");
    }

    @Test
    void isContentWhereNothingIsLeft() throws Exception {
        application("application_17_0002", "theirs");

        assertThat(run("tag", "ours")).isEqualTo(new Ended(0, "Nothing of ours is left on YARN\n"));
        assertThat(state.resolve("slept")).doesNotExist();
        assertThat(left()).containsExactly("application_17_0002");
    }

    @Test
    void knowsAnApplicationWithoutATagByWhatTheStepWroteInItsLog() throws Exception {
        application("application_17_0001", "");
        application("application_17_0002", "");
        Path log = Files.createDirectories(directory.resolve("steps/s-1")).resolve("stderr.gz");
        try (OutputStream text = new GZIPOutputStream(Files.newOutputStream(log))) {
            text.write("26/11/21 INFO YarnClientImpl: Submitted application application_17_0002\n"
                    .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(run("step", "s-1").code()).isZero();
        assertThat(left()).containsExactly("application_17_0001");
    }

    @Test
    void asksAgainWhereYarnDoesNotAnswer() throws Exception {
        application("application_17_0001", "ours");
        Files.createFile(state.resolve("down"));

        Ended ended = run("tag", "ours");

        assertThat(ended.code()).isZero();
        assertThat(left()).isEmpty();
    }

    @Test
    void failsWhereSomethingDoesNotEnd() throws Exception {
        application("application_17_0001", "ours");
        Files.createFile(state.resolve("immortal"));

        Ended ended = run("tag", "ours");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).endsWith("Something of ours is still on YARN: application_17_0001\n");
        assertThat(Files.readAllLines(state.resolve("slept"))).hasSize(10);
    }

    @Test
    void takesNoTextForAPartOfTheScript() throws Exception {
        Ended ended = run("tag", "$(touch " + state.resolve("application_9_9") + ")");

        assertThat(ended.code()).isZero();
        assertThat(left()).isEmpty();
    }
}
