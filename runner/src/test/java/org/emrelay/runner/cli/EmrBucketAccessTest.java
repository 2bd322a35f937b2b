package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.iam.S3aCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nodes get access to the locations in S3 that steps name, and to no others. */
final class EmrBucketAccessTest {
    private static final String NODES = "emrelay-bb26934c-us-east-1-demo-nodes";
    private static final String POLICY = "emrelay-steps";
    private static final String WAITING = "Waiting 10 s for IAM to propagate the policy\n";

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        emr.cli().file("job.py", "print('job')\n");
        steps("\"inputs\": {\"titles\": \"s3://books/titles.csv\"}");
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private void steps(String keys) {
        emr.cli().file("steps.json", "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\", " + keys + "}]}");
    }

    private CommandResult add() {
        return YarnFixture.succeed(emr.run("-a", "add_steps"));
    }

    private Map<String, String> policies() {
        return emr.aws()
                .inspect(() -> new TreeMap<>(emr.aws().iam().roles().get(NODES).inlinePolicies()));
    }

    private S3aCalls calls(String bucket) {
        return new S3aCalls(bucket, List.copyOf(policies().values()));
    }

    private static String granted(String access) {
        return "Granted the role " + NODES + " access to S3: " + access + "\n";
    }

    @Test
    void grantsWhatStepsNameOnceAndWaitsForPropagation() {
        emr.create();
        Duration before = emr.aws().clock().elapsed();

        CommandResult added = add();
        CommandResult again = add();

        assertThat(added.err()).startsWith(granted("read s3://books/titles.csv") + WAITING);
        assertThat(emr.aws().clock().elapsed()).isGreaterThanOrEqualTo(before.plusSeconds(10));
        assertThat(again.err()).startsWith("Next: ");
        S3aCalls calls = calls("books");
        calls.object("s3:GetObject", "titles.csv");
        assertThat(calls.denied()).isEmpty();
        calls.object("s3:GetObject", "authors.csv");
        calls.object("s3:PutObject", "titles.csv");
        assertThat(calls.denied()).hasSize(2);
        emr.terminate("--delete-bucket");
        assertThat(emr.aws().remaining()).isEmpty();
    }

    /** Steps of an earlier run may still be running. */
    @Test
    void aRunAddsToTheAccessOfEarlierRuns() {
        emr.create();
        add();
        steps("\"output\": {\"uri\": \"s3://results/a\"}, \"writes\": [\"s3://tables/daily\"]");

        CommandResult added = add();

        assertThat(added.err())
                .startsWith(granted("read and write s3://results/a")
                        + granted("read and write s3://tables/daily")
                        + WAITING);
        S3aCalls books = calls("books");
        books.object("s3:GetObject", "titles.csv");
        S3aCalls results = calls("results");
        results.write("a", "");
        S3aCalls tables = calls("tables");
        tables.write("daily/2026", "");
        assertThat(books.denied()).isEmpty();
        assertThat(results.denied()).isEmpty();
        assertThat(tables.denied()).isEmpty();
        assertThat(policies()).containsOnlyKeys("emrelay", POLICY);
    }

    @Test
    void grantsAgainWhatAnotherRunnerReplaced() {
        emr.create();
        add();
        String earlier = policies().get(POLICY);
        steps("\"inputs\": {\"titles\": \"s3://authors/names.csv\"}");
        int[] waits = {0};
        emr.cli().withClock(emr.aws().clock(), duration -> {
            if (waits[0]++ == 0) {
                emr.aws()
                        .inspect(() -> emr.aws()
                                .iam()
                                .roles()
                                .get(NODES)
                                .inlinePolicies()
                                .put(POLICY, earlier));
            }
            emr.aws().clock().sleep(duration);
        });

        CommandResult added = add();

        String notices = granted("read s3://authors/names.csv") + WAITING;
        assertThat(added.err()).startsWith(notices + notices + "Next: ");
        S3aCalls authors = calls("authors");
        authors.object("s3:GetObject", "names.csv");
        assertThat(authors.denied()).isEmpty();
    }

    @Test
    void doesNotReplaceAPolicyThatItCannotRead() {
        emr.create();
        add();
        emr.aws()
                .inspect(() ->
                        emr.aws().iam().roles().get(NODES).inlinePolicies().put(POLICY, "{\"Statement\": {}}"));

        CommandResult refused = emr.run("-a", "add_steps");

        assertThat(refused.code()).isEqualTo(5);
        assertThat(refused.err())
                .isEqualTo("The policy " + POLICY + " of the role " + NODES
                        + " was changed by someone else (Statement: expected a list, found an object)."
                        + " Delete it and add the steps again.\n");
    }

    /** IAM limits the inline policies of a role to 10,240 characters. */
    @Test
    void grantsWholeBucketsIfTheLocationsAreTooMany() {
        emr.create();
        String folders = IntStream.range(0, 100)
                .mapToObj(number -> "\"s3://books/folder-" + number + "/of/titles\"")
                .collect(Collectors.joining(", "));
        steps("\"args\": [" + folders + "], \"output\": {\"uri\": \"s3://results/a\"}");

        CommandResult added = add();

        assertThat(added.err())
                .startsWith("warning: The steps use more locations in S3 than the policies of a role can list (10,240"
                        + " characters). The nodes get access to all of s3://books\n"
                        + granted("read s3://books/folder-0/of/titles"));
        S3aCalls books = calls("books");
        books.read("folder-99/of/titles");
        assertThat(books.denied()).isEmpty();
        S3aCalls results = calls("results");
        results.object("s3:PutObject", "b/part-0");
        assertThat(results.denied()).hasSize(1);
        assertThat(add().err()).startsWith("Next: ");
    }

    @Test
    void printsThePolicyForARoleOfTheUser() {
        emr.aws().account().instanceProfile("theirs");
        emr.clusterFileWith("\"JobFlowRole\": \"theirs\"");
        emr.create();

        assertThat(add().err())
                .startsWith(
                        "The node role is not managed by Emrelay and was not changed. Unless it already has it, add this"
                                + " policy: {\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"FindTheObjects\",\"Effect\":\"Allow\","
                                + "\"Action\":[\"s3:GetBucketLocation\",\"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::books\"]},"
                                + "{\"Sid\":\"ReadTheObjects\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],"
                                + "\"Resource\":[\"arn:aws:s3:::books/titles.csv\",\"arn:aws:s3:::books/titles.csv/*\"]}]}\nNext: ");
    }

    @Test
    void thePlanShowsTheAccess() {
        emr.cli().file("steps.json", """
                {"name": "p",
                 "defaults": {"script_uri": "job.py", "writes": ["s3://tables/daily/"]},
                 "steps": [{"name": "a", "inputs": {"titles": "s3://books/titles.csv"}},
                           {"name": "b", "output": {"uri": "s3://results/b"}}]}
                """);

        assertThat(emr.run("-a", "plan", "-t", "emr").out()).contains("""

                The steps give the nodes access to S3:
                  read s3://books/titles.csv (a)
                  read and write s3://results/b (b)
                  read and write s3://tables/daily (a, b)

                Plan:\s""");
        assertThat(emr.run("-a", "plan", "-t", "emr", "--output", "json").out()).contains("""
                    "access" : [
                      {
                        "uri" : "s3://books/titles.csv",
                        "writes" : false,
                        "steps" : [
                          "a"
                        ]
                      },
                """);
        emr.clusterFileWith("\"JobFlowRole\": \"theirs\"");
        assertThat(emr.run("-a", "plan", "-t", "emr").out())
                .contains(
                        "\nThe instance profile must give the nodes access to S3:\n  read s3://books/titles.csv (a)\n");
    }
}
