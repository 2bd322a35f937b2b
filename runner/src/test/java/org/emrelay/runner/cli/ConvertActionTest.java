package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvertActionTest {
    private static final String CONNECT =
            "To connect the step to others, declare inputs, and replace their locations in args with ${inputs.NAME}"
                    + " and ${output}.\n";

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory);
    }

    @Test
    void optionsBecomeKeysAndArgumentsStayAList() {
        assertThat(convert(
                        "env",
                        "LANGUAGE=en",
                        "/usr/bin/spark-submit",
                        "--master",
                        "yarn",
                        "--deploy-mode=client",
                        "--class",
                        "org.example.CountWords",
                        "--driver-memory",
                        "2048",
                        "--executor-memory",
                        "4g",
                        "--executor-cores",
                        "2",
                        "--num-executors",
                        "8",
                        "--conf",
                        "spark.sql.shuffle.partitions=64",
                        "-c",
                        "spark.executorEnv.LANGUAGE=en",
                        "--conf",
                        "spark.yarn.appMasterEnv.MODE=fast",
                        "--packages",
                        "a:b:1,c:d:2",
                        "--jars",
                        "s3://b/x.jar, lib/y.jar",
                        "--queue",
                        "night",
                        "--verbose",
                        "file:///opt/jobs.jar",
                        "-a",
                        "run",
                        "--year",
                        "${YEAR}",
                        "--",
                        "x"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "name" : "CountWords",
                          "script_uri" : "/opt/jobs.jar",
                          "main_class" : "org.example.CountWords",
                          "args" : [
                            "-a",
                            "run",
                            "--year",
                            "$${YEAR}",
                            "--",
                            "x"
                          ],
                          "deploy_mode" : "client",
                          "driver_memory" : "2048M",
                          "executor_memory" : "4G",
                          "executor_cores" : 2,
                          "num_executors" : 8,
                          "packages" : [
                            "a:b:1",
                            "c:d:2"
                          ],
                          "jars" : [
                            "s3://b/x.jar",
                            "lib/y.jar"
                          ],
                          "spark_conf" : {
                            "spark.sql.shuffle.partitions" : "64",
                            "spark.yarn.queue" : "night"
                          },
                          "env" : {
                            "LANGUAGE" : "en",
                            "MODE" : "fast"
                          }
                        }
                        """, """
                        --master yarn is left out: -t selects the platform.
                        --verbose is left out.
                        """ + CONNECT));
    }

    @Test
    void theStepIsValid() {
        cli.file("job.py", "");
        String step = convert(
                        "spark-submit", "--conf", "spark.executor.instances=3", "--py-files", "", "job.py", "--in", "x")
                .out();
        cli.file("steps.json", "{ \"steps\": [ " + step + " ] }");

        assertThat(cli.run("-a", "validate")).isEqualTo(new CommandResult(0, "steps.json is valid.\n", ""));
    }

    @Test
    void convertsAnAddedStep() {
        String step =
                "Type=Spark,Name=\"Count words\",ActionOnFailure=CANCEL_AND_WAIT,Args=[--class,org.example.A,s3://b/a.jar,--x=1]";
        String expected = """
                {
                  "name" : "Count-words",
                  "script_uri" : "s3://b/a.jar",
                  "main_class" : "org.example.A",
                  "args" : [
                    "--x=1"
                  ],
                  "on_failure" : "cancel"
                }
                """;
        assertThat(convert("aws", "emr", "add-steps", "--cluster-id", "j-X", "--steps", step))
                .isEqualTo(new CommandResult(0, expected, CONNECT));
        assertThat(convert(
                                "aws",
                                "emr",
                                "add-steps",
                                "--steps",
                                "Type=CUSTOM_JAR,Jar=command-runner.jar,"
                                        + step.replaceFirst("Type=Spark,", "").replace("Args=[", "Args=[spark-submit,"))
                        .out())
                .isEqualTo(expected);
        assertThat(convert("aws", "emr", "add-steps", "--steps", step, step))
                .isEqualTo(
                        new CommandResult(2, "", "aws emr add-steps adds several steps. Convert them one by one.\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Type=Spark,Name=Sums,ActionOnFailure=CONTINUE,"
                        + "Args=[--conf,\"spark.x=a,b\",s3://b/a.py,'it\\'s [1]',\"C:\\\\\"]",
                "Type=Spark,Name=Sums,Args=--conf,spark.x=a\\,b,s3://b/a.py,\"it's [1]\",\"C:\\\\\",ActionOnFailure=CONTINUE",
                """
                [{"Type": "Spark", "Name": "Sums", "ActionOnFailure": "CONTINUE", "Args":
                  ["--conf", "spark.x=a,b", "s3://b/a.py", "it's [1]", "C:\\\\"]}]
                """
            })
    void convertsAnAddedStepWithSeparatorsInItsValues(String step) {
        assertThat(convert("aws", "emr", "add-steps", "--steps", step).out()).isEqualTo("""
                {
                  "name" : "Sums",
                  "script_uri" : "s3://b/a.py",
                  "args" : [
                    "it's [1]",
                    "C:\\\\"
                  ],
                  "spark_conf" : {
                    "spark.x" : "a,b"
                  },
                  "on_failure" : "continue"
                }
                """);
    }

    @Test
    void saysWhatIsWrongWithAnAddedStep() {
        assertThat(added("Type=Spark,Args=[a.py"))
                .isEqualTo("The step after --steps is neither JSON nor in the shorthand Type=Spark,Name=…,Args=[…]."
                        + " Convert its spark-submit command instead.\n");
        assertThat(added("Type=Spark,Args=[a.py]b")).startsWith("The step after --steps is neither JSON nor");
        assertThat(added("Type=Spark,Args=[\"a.py]")).startsWith("The step after --steps is neither JSON nor");
        assertThat(added("[{\"Type\": Spark}]")).startsWith("The JSON after --steps is not valid: ");
        assertThat(added("[]")).isEqualTo("The JSON after --steps has no step.\n");
        assertThat(added("[{}, {}]")).isEqualTo("aws emr add-steps adds several steps. Convert them one by one.\n");
        assertThat(added("file://./steps.json"))
                .isEqualTo("The steps are in a file. Pass its content: --steps \"$(cat ./steps.json)\"\n");
    }

    private String added(String step) {
        CommandResult result = convert("aws", "emr", "add-steps", "--steps", step);
        assertThat(result.code()).isEqualTo(2);
        return result.err();
    }

    @Test
    void secretsBecomeReferencesToTheEnvironment() {
        CommandResult result = convert(
                "DB_PASSWORD=hunter2",
                "spark-submit",
                "--conf",
                "spark.hadoop.fs.s3a.secret.key=hunter2",
                "job.py",
                "--api-key",
                "hunter2",
                "--auth-token=hunter2");

        assertThat(result.out() + result.err())
                .doesNotContain("hunter2")
                .contains(
                        "\"DB_PASSWORD\" : \"${env.DB_PASSWORD}\"",
                        "\"spark.hadoop.fs.s3a.secret.key\" : \"${env.FS_S3A_SECRET_KEY}\"",
                        "\"${env.API_KEY}\"",
                        "\"--auth-token=${env.AUTH_TOKEN}\"",
                        "--api-key is a secret: it is read from the environment variable API_KEY.\n");
    }

    @Test
    void printsStepAndNoticesAsJson() {
        assertThat(cli.run("-a", "convert", "--output", "json", "--", "command-runner.jar", "spark-submit", "job.py"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "step" : {
                            "name" : "job",
                            "script_uri" : "job.py"
                          },
                          "notices" : [
                            "To connect the step to others, declare inputs, and replace their locations in args with ${inputs.NAME} and ${output}."
                          ]
                        }
                        """, ""));
    }

    @Test
    void refusesWhatIsNoStep() {
        assertThat(convert("hadoop", "jar", "x.jar"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "This command does not run spark-submit: it runs 'hadoop'. Pass its words after --: convert"
                                + " -- spark-submit --class org.example.Job job.jar\n"));
        assertThat(convert("spark-submit", "--class", "A"))
                .isEqualTo(new CommandResult(2, "", "The command names no .jar or .py file to run.\n"));
        assertThat(convert("spark-submit", "job.R"))
                .isEqualTo(new CommandResult(2, "", "A step runs a .jar or a .py file, not 'job.R'.\n"));
        assertThat(convert("spark-submit", "--num-executors", "many", "job.py"))
                .isEqualTo(new CommandResult(2, "", "--num-executors must be a whole number, not 'many'.\n"));
    }

    private CommandResult convert(String... command) {
        return cli.run(Stream.concat(Stream.of("convert", "--"), List.of(command).stream())
                .toArray(String[]::new));
    }
}
