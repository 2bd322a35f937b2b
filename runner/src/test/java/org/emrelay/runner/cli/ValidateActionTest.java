package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateActionTest {
    private static final String WRONG = """
            {
              "steps": [
                { "name": "words", "script_uri": "nowhere.py", "executor_memory": "18" },
                { "name": "counts", "script_uri": "job.py", "inputs": { "words": { "from_step": "wrods" } } },
                { "name": "clouds", "script_uri": "job.py", "after": ["counts"], "retrys": 1 }
              ]
            }
            """;

    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory));
    }

    @Test
    void saysThatAFileIsValid() {
        assertThat(prompt.type("-a", "validate")).isEqualTo(new CommandResult(0, "steps.json is valid.\n", ""));
        assertThat(prompt.type("-a", "validate", "--output", "json"))
                .isEqualTo(new CommandResult(0, "{\n  \"problems\" : [ ]\n}\n", ""));
    }

    @Test
    void takesTheFileInEverySpelling() {
        prompt.file(
                "sub/other.json",
                Pipelines.CLOUDS.replace("job.py", "../job.py").replace("titles.csv", "../titles.csv"));
        CommandResult valid = new CommandResult(0, "sub/other.json is valid.\n", "");

        assertThat(prompt.type("-a", "validate", "-steps", "sub/other.json")).isEqualTo(valid);
        assertThat(prompt.type("-a", "validate", "--steps=sub/other.json")).isEqualTo(valid);
        assertThat(prompt.type("-a", "validate", "--sfile", "sub/other.json")).isEqualTo(valid);
    }

    @Test
    void listsEverythingThatIsWrongAtOnce() {
        prompt.file("steps.json", WRONG);

        assertThat(prompt.type("-a", "validate")).isEqualTo(new CommandResult(3, """
                        steps.json: steps[2].retrys: unknown key 'retrys'. Did you mean 'retries'?
                        steps.json: steps[0].script_uri: there is no file DIR/nowhere.py.
                        steps.json: steps[0].executor_memory: '18' has no unit: write 18G or 18M.
                        steps.json: steps[1].inputs.words.from_step: no step named 'wrods'. Known steps: words, counts, clouds. Did you mean 'words'?
                        """, ""));
    }

    @Test
    void listsItAsJsonForScripts() {
        prompt.file("steps.json", WRONG);

        assertThat(prompt.type("-a", "validate", "--output", "json")).isEqualTo(new CommandResult(3, """
                        {
                          "problems" : [
                            {
                              "severity" : "error",
                              "file" : "steps.json",
                              "path" : "steps[2].retrys",
                              "message" : "unknown key 'retrys'.",
                              "hint" : "Did you mean 'retries'?"
                            },
                            {
                              "severity" : "error",
                              "file" : "steps.json",
                              "path" : "steps[0].script_uri",
                              "message" : "there is no file DIR/nowhere.py.",
                              "hint" : null
                            },
                            {
                              "severity" : "error",
                              "file" : "steps.json",
                              "path" : "steps[0].executor_memory",
                              "message" : "'18' has no unit: write 18G or 18M.",
                              "hint" : null
                            },
                            {
                              "severity" : "error",
                              "file" : "steps.json",
                              "path" : "steps[1].inputs.words.from_step",
                              "message" : "no step named 'wrods'. Known steps: words, counts, clouds.",
                              "hint" : "Did you mean 'words'?"
                            }
                          ]
                        }
                        """, ""));
    }

    @Test
    void listsTheProblemsOfBothFiles() {
        prompt.file("steps.json", WRONG.replace("nowhere", "job"))
                .file("cluster-ec2-spot-fleet.json", "{ \"RelaseLabel\": \"emr-7.13.0\" }");

        assertThat(prompt.type("-a", "validate")).isEqualTo(new CommandResult(3, """
                        steps.json: steps[2].retrys: unknown key 'retrys'. Did you mean 'retries'?
                        steps.json: steps[0].executor_memory: '18' has no unit: write 18G or 18M.
                        steps.json: steps[1].inputs.words.from_step: no step named 'wrods'. Known steps: words, counts, clouds. Did you mean 'words'?
                        cluster-ec2-spot-fleet.json: RelaseLabel: unknown key 'RelaseLabel'. Did you mean 'ReleaseLabel'?
                        cluster-ec2-spot-fleet.json: InstanceFleets: this key is missing.
                        """, ""));
    }

    @Test
    void findsTheClusterFileBesideTheStepsFileOnly() {
        prompt.file("cluster-ec2-spot-fleet.json", "broken").file("sub/steps.json", Pipelines.CLOUDS);
        prompt.file("sub/job.py", "").file("sub/titles.csv", "");

        assertThat(prompt.type("-a", "validate", "-steps", "sub/steps.json"))
                .isEqualTo(new CommandResult(0, "sub/steps.json is valid.\n", ""));
    }

    @Test
    void tellsWarningsAndStillCallsTheFileValid() {
        prompt.file("my-cluster.json", Pipelines.CLUSTER_WITH_A_WARNING);

        assertThat(prompt.type("-a", "validate", "-cluster", "my-cluster.json"))
                .isEqualTo(new CommandResult(0, """
                        warning: my-cluster.json: Ec2SubnetIds: subnet-f384febf may not be yours: EC2 has given out no such short ids since 2018. Name subnets of your own account, or remove the key to use its default VPC.
                        steps.json is valid.
                        """, ""));
        assertThat(prompt.type("-a", "validate", "--cluster=my-cluster.json", "--output=json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "problems" : [
                            {
                              "severity" : "warning",
                              "file" : "my-cluster.json",
                              "path" : "Ec2SubnetIds",
                              "message" : "subnet-f384febf may not be yours: EC2 has given out no such short ids since 2018.",
                              "hint" : "Name subnets of your own account, or remove the key to use its default VPC."
                            }
                          ]
                        }
                        """, ""));
    }

    @Test
    void saysWhenAFileIsNotThere() {
        assertThat(prompt.type("-a", "validate", "-steps", "other.json"))
                .isEqualTo(
                        invalid("other.json: there is no such file. Relative paths start at the current directory."));
        assertThat(prompt.type("-a", "validate", "-cluster", "other.json"))
                .isEqualTo(
                        invalid("other.json: there is no such file. Relative paths start at the current directory."));
        assertThat(prompt.type("-a", "validate", "-steps", "."))
                .isEqualTo(invalid(".: this is a directory. Name the file in it."));
    }

    @Test
    void saysWhereTheTextIsNoJson() {
        prompt.file("steps.json", "{\n  \"steps\": [,]\n}");

        CommandResult said = prompt.type("-a", "validate");

        assertThat(said.code()).isEqualTo(3);
        assertThat(said.out())
                .isEqualTo("steps.json: not valid JSON: line 2, column 13: Unexpected character (',' (code 44)).\n");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void namesTheNearestParameterForOneThatIsUnknown() {
        assertThat(prompt.type("-a", "validate", "-p", "max_word=5"))
                .isEqualTo(invalid("-p max_word: the pipeline has no parameter 'max_word'. Known parameters: titles,"
                        + " max_words. Did you mean 'max_words'?"));
    }

    @Test
    void takesAParametersPathFromTheCurrentDirectory() {
        prompt.file("elsewhere/mine.csv", "");

        assertThat(prompt.in("elsewhere").type("-a", "validate", "-steps", "../steps.json", "-p", "titles=mine.csv"))
                .isEqualTo(new CommandResult(0, "../steps.json is valid.\n", ""));
        assertThat(prompt.type("-a", "validate", "-steps", "../steps.json", "-p", "titles=titles.csv"))
                .isEqualTo(
                        invalid("../steps.json: steps[0].inputs.titles: there is no file DIR/elsewhere/titles.csv."));
    }

    @Test
    void readsFilesWhosePathsHoldBlanksAndUmlauts() {
        prompt.file("Bücher und Wörter/steps ü.json", Pipelines.CLOUDS.replace("job.py", "jöb 1.py"))
                .file("Bücher und Wörter/jöb 1.py", "")
                .file("Bücher und Wörter/titles.csv", "");

        assertThat(prompt.type("-a", "validate", "-steps", "Bücher und Wörter/steps ü.json"))
                .isEqualTo(new CommandResult(0, "Bücher und Wörter/steps ü.json is valid.\n", ""));
    }

    private static CommandResult invalid(String line) {
        return new CommandResult(3, line + "\n", "");
    }
}
