package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Problems that {@code -t emr} finds in files that are valid locally. */
final class EmrChecksTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
    }

    @Test
    void rejectsACommandThatIsTooLong() {
        cli.file("steps.json", """
                {"name": "p",
                 "steps": [{"name": "a", "script_uri": "job.py"},
                           {"name": "b", "script_uri": "job.py", "args": {"text": "%s"}}]}
                """.formatted("x".repeat(10_240)));
        String problem =
                "steps.json: steps[1]: the command of 'b' has 10,502 characters; EMR allows at most 10,240. Move long"
                        + " values to a file and pass that file to the step.\n";

        assertThat(cli.run("-a", "validate")).isEqualTo(new CommandResult(0, "steps.json is valid.\n", ""));
        assertThat(cli.run("-a", "validate", "-t", "emr")).isEqualTo(new CommandResult(3, problem, ""));
        assertThat(cli.run("-a", "plan", "--target=emr")).isEqualTo(new CommandResult(3, "", problem));
    }

    @Test
    void rejectsAnExecutorThatFitsNoInstanceOfTheCluster() {
        cli.file("cluster-ec2-spot-fleet.json", SampleFiles.CLUSTER)
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"script_uri\": \"job.py\"",
                                "\"script_uri\": \"job.py\", \"executor_memory\": \"18G\""));

        assertThat(cli.run("-a", "validate")).isEqualTo(new CommandResult(0, "steps.json is valid.\n", ""));
        CommandResult result = cli.run("-a", "validate", "-t", "emr");
        assertThat(result).isEqualTo(new CommandResult(3, """
                        steps.json: steps[0].executor_memory: an executor needs 20275 MB (18432 MB heap and 1843 MB overhead), more than YARN offers on m5.xlarge in the core fleet (12288 MB). The largest heap that fits is 11171m.
                        steps.json: steps[1].executor_memory: an executor needs 20275 MB (18432 MB heap and 1843 MB overhead), more than YARN offers on m5.xlarge in the core fleet (12288 MB). The largest heap that fits is 11171m.
                        steps.json: steps[2].executor_memory: an executor needs 20275 MB (18432 MB heap and 1843 MB overhead), more than YARN offers on m5.xlarge in the core fleet (12288 MB). The largest heap that fits is 11171m.
                        """, ""));
        assertThat(cli.run("-a", "validate", "-cluster", "cluster-ec2-spot-fleet.json"))
                .isEqualTo(result);
    }

    @Test
    void rejectsWritesOutsideS3() {
        cli.file("steps.json", """
                {"defaults": {"script_uri": "job.py", "writes": ["s3://tables", "/data/tables", "hdfs:///tables", "s3://tables/*"]},
                 "steps": [{"name": "a"}]}
                """);

        assertThat(cli.run("-a", "validate", "-t", "emr")).isEqualTo(new CommandResult(3, """
                        steps.json: defaults.writes[1]: is a local path, which a cluster cannot write to. Use s3://, or remove it and fetch the output.
                        steps.json: defaults.writes[2]: 'hdfs:///tables' is not in S3. Only S3 needs permission to write: remove it.
                        steps.json: defaults.writes[3]: 's3://tables/*' is a pattern. Name a folder: everything below it is included.
                        """, ""));
    }

    @Test
    void rejectsAReleaseThatCannotRunTheBundledJobsWhereAStepRunsOne() {
        cli.file(
                        "cluster-ec2-spot-fleet.json",
                        SampleFiles.CLUSTER.replace(
                                "\"InstanceFleets\":", "\"ReleaseLabel\": \"emr-6.15.0\", \"InstanceFleets\":"))
                .file("steps.json", """
                        {"defaults": {"script_uri": "s3://bucket/jobs.jar"},
                         "steps": [{"name": "ours", "main_class": "org.emrelay.jobs.words.ExtractWords"},
                                   {"name": "theirs", "main_class": "com.example.Job"},
                                   {"name": "query", "sql": "s3://bucket/query.sql"}]}
                        """);
        String warning =
                "warning: cluster-ec2-spot-fleet.json: ReleaseLabel: emr-6.15.0 is out of support, and its Spark and Java"
                        + " are older than those of the bundled jobs. Use emr-7.13.0.\n";

        assertThat(cli.run("-a", "validate", "-t", "emr"))
                .isEqualTo(new CommandResult(
                        3,
                        "steps.json: steps[0].main_class: org.emrelay.jobs.words.ExtractWords is built for Spark"
                                + " 3.5, Scala 2.12 and Java 17, which emr-6.15.0 does not have. Use emr-7.13.0 in"
                                + " cluster-ec2-spot-fleet.json.\n"
                                + "steps.json: steps[2].sql: SQL steps need Spark 3.5 and Java 17, which emr-6.15.0 does not"
                                + " have. Use emr-7.13.0 in cluster-ec2-spot-fleet.json.\n" + warning,
                        ""));

        cli.file("steps.json", """
                {"defaults": {"script_uri": "s3://bucket/jobs.jar"},
                 "steps": [{"name": "theirs", "main_class": "com.example.Job"}]}
                """);

        assertThat(cli.run("-a", "validate", "-t", "emr"))
                .isEqualTo(new CommandResult(0, warning + "steps.json is valid.\n", ""));
    }

    @Test
    void rejectsASecretInACommand() {
        cli.file("steps.json", """
                {"steps": [{"name": "a", "script_uri": "job.py", "args": {"db_password": "hunter2"}}]}
                """);
        String problem =
                "steps.json: steps[0].args.db_password: is or contains a secret, but EMR shows step arguments to everyone"
                        + " who can describe the cluster. Read it in the job from AWS Secrets Manager or an SSM parameter,"
                        + " or grant access through the instance profile. If it is not a secret, list its name in"
                        + " not_secret.\n";

        assertThat(cli.run("-a", "validate", "-t", "emr")).isEqualTo(new CommandResult(3, problem, ""));
    }

    @Test
    void printsTheSamePlanForBothPlatforms() {
        assertThat(cli.run("-a", "plan", "-t", "emr", "--output", "json"))
                .isEqualTo(cli.run("-a", "plan", "--output", "json"));
    }
}
