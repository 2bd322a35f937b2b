package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateActionTest {
    private static final String INVALID = """
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

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
    }

    @Test
    void reportsAValidFile() {
        assertThat(cli.run("-a", "validate")).isEqualTo(new CommandResult(0, "steps.json is valid.\n", ""));
        assertThat(cli.run("-a", "validate", "--output", "json"))
                .isEqualTo(new CommandResult(0, "{\n  \"problems\" : [ ]\n}\n", ""));
    }

    @Test
    void acceptsTheFileUnderEverySpellingOfItsOption() {
        cli.file(
                "sub/other.json",
                SampleFiles.CLOUDS.replace("job.py", "../job.py").replace("titles.csv", "../titles.csv"));
        CommandResult valid = new CommandResult(0, "sub/other.json is valid.\n", "");

        assertThat(cli.run("-a", "validate", "-steps", "sub/other.json")).isEqualTo(valid);
        assertThat(cli.run("-a", "validate", "--steps=sub/other.json")).isEqualTo(valid);
        assertThat(cli.run("-a", "validate", "--sfile", "sub/other.json")).isEqualTo(valid);
    }

    @Test
    void listsAllProblems() {
        cli.file("steps.json", INVALID);

        assertThat(cli.run("-a", "validate")).isEqualTo(new CommandResult(3, """
                        steps.json: steps[2].retrys: unknown key 'retrys'. Did you mean 'retries'?
                        steps.json: steps[0].script_uri: file DIR/nowhere.py not found.
                        steps.json: steps[0].executor_memory: '18' has no unit: use 18G or 18M.
                        steps.json: steps[1].inputs.words.from_step: no step named 'wrods'. Known steps: words, counts, clouds. Did you mean 'words'?
                        """, ""));
    }

    @Test
    void listsAllProblemsAsJson() {
        cli.file("steps.json", INVALID);

        assertThat(cli.run("-a", "validate", "--output", "json")).isEqualTo(new CommandResult(3, """
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
                              "message" : "file DIR/nowhere.py not found.",
                              "hint" : null
                            },
                            {
                              "severity" : "error",
                              "file" : "steps.json",
                              "path" : "steps[0].executor_memory",
                              "message" : "'18' has no unit: use 18G or 18M.",
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
    void listsProblemsOfBothFiles() {
        cli.file("steps.json", INVALID.replace("nowhere", "job"))
                .file("cluster-ec2-spot-fleet.json", "{ \"RelaseLabel\": \"emr-7.13.0\" }");

        assertThat(cli.run("-a", "validate")).isEqualTo(new CommandResult(3, """
                        steps.json: steps[2].retrys: unknown key 'retrys'. Did you mean 'retries'?
                        steps.json: steps[0].executor_memory: '18' has no unit: use 18G or 18M.
                        steps.json: steps[1].inputs.words.from_step: no step named 'wrods'. Known steps: words, counts, clouds. Did you mean 'words'?
                        cluster-ec2-spot-fleet.json: RelaseLabel: unknown key 'RelaseLabel'. Did you mean 'ReleaseLabel'?
                        cluster-ec2-spot-fleet.json: InstanceFleets: required key is missing.
                        """, ""));
    }

    @Test
    void readsTheClusterFileOnlyFromTheDirectoryOfTheStepsFile() {
        cli.file("cluster-ec2-spot-fleet.json", "broken").file("sub/steps.json", SampleFiles.CLOUDS);
        cli.file("sub/job.py", "").file("sub/titles.csv", "");

        assertThat(cli.run("-a", "validate", "-steps", "sub/steps.json"))
                .isEqualTo(new CommandResult(0, "sub/steps.json is valid.\n", ""));
    }

    @Test
    void reportsWarningsOfAValidFile() {
        cli.file("my-cluster.json", SampleFiles.CLUSTER_WITH_A_WARNING);

        assertThat(cli.run("-a", "validate", "-cluster", "my-cluster.json")).isEqualTo(new CommandResult(0, """
                        warning: my-cluster.json: Ec2SubnetIds: subnet-f384febf may belong to another account: EC2 has not issued such short ids since 2018. Specify subnets of your own account, or remove the key to use its default VPC.
                        steps.json is valid.
                        """, ""));
        assertThat(cli.run("-a", "validate", "--cluster=my-cluster.json", "--output=json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "problems" : [
                            {
                              "severity" : "warning",
                              "file" : "my-cluster.json",
                              "path" : "Ec2SubnetIds",
                              "message" : "subnet-f384febf may belong to another account: EC2 has not issued such short ids since 2018.",
                              "hint" : "Specify subnets of your own account, or remove the key to use its default VPC."
                            }
                          ]
                        }
                        """, ""));
    }

    @Test
    void reportsAMissingFile() {
        assertThat(cli.run("-a", "validate", "-steps", "other.json"))
                .isEqualTo(invalid(
                        "other.json: file not found. Relative paths are resolved against the current directory."));
        assertThat(cli.run("-a", "validate", "-cluster", "other.json"))
                .isEqualTo(invalid(
                        "other.json: file not found. Relative paths are resolved against the current directory."));
        assertThat(cli.run("-a", "validate", "-steps", "."))
                .isEqualTo(invalid(".: this is a directory. Specify a file."));
    }

    @Test
    void everyCommandPrintsTheProblemsAsJson() {
        cli.file("steps.json", "{\n  \"steps\": [,]\n}").file("cluster.json", "{}");
        CommandResult validated = cli.run("-a", "validate", "--output", "json");
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");

        assertThat(validated.code()).isEqualTo(3);
        assertThat(validated.out()).startsWith("{\n  \"problems\" : [\n");
        for (String action : new String[] {"plan", "run", "add_steps"}) {
            assertThat(cli.run("-a", action, "--output", "json")).isEqualTo(validated);
        }
        CommandResult created =
                cli.run("-a", "create_cluster", "-c", "demo", "-cluster", "cluster.json", "--output", "json");
        assertThat(created.code()).isEqualTo(3);
        assertThat(created.out()).startsWith("{\n  \"problems\" : [\n");
        assertThat(created.err()).isEmpty();
        assertThat(cli.run("-a", "plan")).isEqualTo(new CommandResult(3, "", """
                        steps.json: not valid JSON: line 2, column 13: remove this comma.
                            "steps": [,]
                                      ^
                        """));
    }

    @Test
    void reportsThePositionOfInvalidJson() {
        cli.file("steps.json", "{\n  \"steps\": [,]\n}");

        CommandResult result = cli.run("-a", "validate");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("""
                        steps.json: not valid JSON: line 2, column 13: remove this comma.
                            "steps": [,]
                                      ^
                        """);
        assertThat(cli.run("-a", "validate", "--output", "json").out()).isEqualTo("""
                {
                  "problems" : [
                    {
                      "severity" : "error",
                      "file" : "steps.json",
                      "path" : "",
                      "message" : "not valid JSON: line 2, column 13: remove this comma.",
                      "hint" : null
                    }
                  ]
                }
                """);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void suggestsAParameterForAnUnknownOne() {
        assertThat(cli.run("-a", "validate", "-p", "max_word=5"))
                .isEqualTo(invalid("-p max_word: no parameter named 'max_word'. Known parameters: titles, max_words."
                        + " Did you mean 'max_words'?"));
    }

    @Test
    void resolvesParameterPathsAgainstTheCurrentDirectory() {
        cli.file("elsewhere/mine.csv", "");

        assertThat(cli.inDirectory("elsewhere")
                        .run("-a", "validate", "-steps", "../steps.json", "-p", "titles=mine.csv"))
                .isEqualTo(new CommandResult(0, "../steps.json is valid.\n", ""));
        assertThat(cli.run("-a", "validate", "-steps", "../steps.json", "-p", "titles=titles.csv"))
                .isEqualTo(invalid("../steps.json: steps[0].inputs.titles: file DIR/elsewhere/titles.csv not found."));
    }

    @Test
    void readsPathsWithSpacesAndUmlauts() {
        cli.file("Bücher und Wörter/steps ü.json", SampleFiles.CLOUDS.replace("job.py", "jöb 1.py"))
                .file("Bücher und Wörter/jöb 1.py", "")
                .file("Bücher und Wörter/titles.csv", "");

        assertThat(cli.run("-a", "validate", "-steps", "Bücher und Wörter/steps ü.json"))
                .isEqualTo(new CommandResult(0, "Bücher und Wörter/steps ü.json is valid.\n", ""));
    }

    private static CommandResult invalid(String line) {
        return new CommandResult(3, line + "\n", "");
    }
}
