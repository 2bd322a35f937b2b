package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completes command lines in a Bash that has read the script. */
final class CompletionActionTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory)
                .withProgramName("./runner.sh")
                .file("steps.json", "")
                .file("my steps.json", "")
                .file("data/part", "");
        cli.file("emrelay.bash", script("bash"));
    }

    @Test
    void completesActions() throws Exception {
        assertThat(completed("")).containsExactlyElementsOf(Action.keys());
        assertThat(completed("list")).containsExactly("list_runs", "list_steps", "list_clusters");
        assertThat(completed("-a", "d")).containsExactly("delete_steps", "describe_cluster", "delete_stream");
        assertThat(completed("--workspace", "data", "ter")).containsExactly("terminate_cluster");
        assertThat(completed("--ver")).containsExactly("--version");
        assertThat(completed("-")).contains("-a", "--action", "--help");
    }

    @Test
    void completesTheOptionsOfEachAction() throws Exception {
        for (String key : Action.keys()) {
            CommandResult help = cli.run(key, "--help");
            List<String> options = completed(key, "-");

            assertThat(options).as(key).contains("--help", "--workspace");
            assertThat(options).allSatisfy(option -> assertThat(help.out()).contains(option));
        }
        assertThat(completed("run", "--re")).containsExactly("--region", "--rerun", "--resume");
        assertThat(completed("-a", "run", "--fr")).containsExactly("--from");
        assertThat(completed("create-cluster", "--ke")).containsExactly("--keep");
        assertThat(completed("list_steps", "--from")).isEmpty();
    }

    @Test
    void completesValues() throws Exception {
        assertThat(completed("run", "-t", "")).containsExactly("local", "emr");
        assertThat(completed("run", "--target", "e")).containsExactly("emr");
        assertThat(completed("plan", "--output", "")).containsExactly("text", "json");
        assertThat(completed("schema", "")).containsExactly("steps", "cluster", "stream", "report");
        assertThat(completed("completion", "z")).containsExactly("zsh");
        assertThat(completed("run", "--region", "")).isEmpty();
        assertThat(completed("logs", "")).isEmpty();
    }

    @Test
    void completesFilesAndDirectories() throws Exception {
        assertThat(completed("run", "st")).containsExactly("steps.json");
        assertThat(completed("run", "my")).containsExactly("my steps.json");
        assertThat(completed("validate", "-steps", "d")).containsExactly("data");
        assertThat(completed("run", "--to", "")).containsExactly("data");
        assertThat(completed("-a", "run", "--resume", "st")).containsExactly("steps.json");
    }

    @Test
    void isForTheProgramAsTyped() {
        assertThat(script("bash")).endsWith("\ncomplete -F _emrelay runner.sh\n");
        assertThat(script("zsh"))
                .isEqualTo("autoload -Uz bashcompinit compinit && compinit && bashcompinit\n" + script("bash"));
        cli.withProgramName("/opt/bin/emrelay");
        assertThat(script("bash")).endsWith("\ncomplete -F _emrelay emrelay runner.sh\n");
        assertThat(script("fish")).contains("complete -c emrelay -f\n", "complete -c runner.sh -f\n");
        cli.withProgramName("java -jar runner.jar");
        assertThat(script("bash")).endsWith("\ncomplete -F _emrelay runner.sh\n");
    }

    @Test
    void completesInFish() {
        assertThat(script("fish"))
                .contains(
                        "complete -c runner.sh -n 'not __emrelay_action >/dev/null' -a logs -d 'print the log of a step"
                                + " and the cause of its failure'\n",
                        "complete -c runner.sh -n '__emrelay_has_action run' -o steps -l steps -l sfile -r -F -d 'Steps"
                                + " file (default: steps.json).'\n",
                        "complete -c runner.sh -n '__emrelay_has_action run' -s t -l target -r -f -a 'local emr' -d"
                                + " 'Platform: local (default; no cost) or Amazon EMR.'\n",
                        "complete -c runner.sh -n '__emrelay_has_action schema' -f -a 'steps cluster stream report'\n");
    }

    private String script(String shell) {
        return cli.run("completion", shell).out();
    }

    /** What Bash suggests for the last word. */
    private List<String> completed(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", """
                . ./emrelay.bash
                COMP_WORDS=("$@")
                COMP_CWORD=$(($# - 1))
                _emrelay
                [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
                """, "bash", "./runner.sh"));
        command.addAll(Arrays.asList(words));
        Process bash = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (Stream<String> lines = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()) {
            return lines.toList();
        }
    }
}
