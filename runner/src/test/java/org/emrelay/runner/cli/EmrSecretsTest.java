package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets never leak, and resources of others are never modified. */
final class EmrSecretsTest {
    private static final String KEY = "wJalrPLANTEDKEYbPxRfiCYEXAMPLEKEY0123456";
    private static final String TOKEN = "PLANTEDTOKENFwoGZXIvYXdzEXAMPLETOKEN";
    private static final String PARAMETER = "PLANTED-parameter-hunter2";

    @TempDir
    Path directory;

    private final List<String> outputs = new ArrayList<>();
    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        emr.cli()
                .withEnvironment("AWS_SECRET_ACCESS_KEY", KEY)
                .withEnvironment("AWS_SESSION_TOKEN", TOKEN)
                .withEnvironment("DATABASE_PASSWORD", PARAMETER);
    }

    @AfterEach
    void tearDown() {
        emr.close();
    }

    private void run(String... arguments) {
        CommandResult result = emr.run(arguments);
        outputs.add(result.out() + result.err());
    }

    @Test
    void leaksNoSecretToOutputFilesOrCalls() throws Exception {
        run("-a", "create_cluster", "-c", "demo", "--verbose");
        run("-a", "list_clusters", "-t", "emr", "--output", "json", "--verbose");
        run("-a", "list_runs", "-t", "emr", "--output", "json", "--verbose");
        run("-a", "describe_cluster", "-c", "demo", "--output", "json", "--verbose");
        run("-a", "terminate_cluster", "-c", "demo", "--yes", "--verbose");
        for (Fault fault :
                List.of(Fault.denied(), Fault.expiredCredentials(), Fault.responseLost(), Fault.responseTruncated())) {
            emr.aws().faults().clear();
            emr.aws().faults().add(fault, Calls.mutating().after(4));
            run("-a", "create_cluster", "-c", "demo", "--verbose");
            run("-a", "terminate_cluster", "-c", "demo", "--yes", "--verbose");
        }

        assertThat(outputs).hasSize(13);
        assertThat(outputs).allSatisfy(EmrSecretsTest::hasNoSecret);
        assertThat(emr.aws().calls().all()).allSatisfy(call -> hasNoSecret(withoutTokenHeader(call)));
        assertThat(workspaceFiles()).isNotEmpty().allSatisfy(EmrSecretsTest::hasNoSecret);
    }

    /** The session token is a header of every signed call, and must occur nowhere else. */
    private static String withoutTokenHeader(Call call) {
        return call.text().replaceFirst("(?i)(x-amz-security-token[^\\w]+)" + TOKEN, "$1");
    }

    private static void hasNoSecret(String text) {
        assertThat(text).doesNotContain(KEY, TOKEN, PARAMETER, "hunter2");
    }

    private List<String> workspaceFiles() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve(".runner"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void tagsOnlyOwnResources() {
        run("-a", "create_cluster", "-c", "demo");
        run("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");

        assertThat(emr.aws().calls().all())
                .filteredOn(call -> call.operation().matches("CreateTags|AddTags|Tag\\w+|PutBucketTagging"))
                .allSatisfy(call -> assertThat(call.resource()).startsWith("emrelay-123456789012-"));
        assertThat(emr.aws().calls().named("CreateTags")).isEmpty();
        assertThat(emr.aws().foreignChanges()).isEmpty();
    }

    @Test
    void leavesARoleWithOurNameAndForeignTagsUnchanged() {
        run("-a", "create_cluster", "-c", "demo", "--no-wait");
        run("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");
        emr.aws().account().role("emrelay-bb26934c-us-east-1-demo-service");

        CommandResult refused = emr.create();

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err())
                .contains("The role emrelay-bb26934c-us-east-1-demo-service already exists, and its tags do not"
                        + " match this cluster. Choose another cluster name with -c.\nNothing was created.\n");
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void leavesABucketWithOurNameAndForeignTagsUnchanged() {
        String name = "emrelay-123456789012-us-east-1-bb26934c-demo";
        run("-a", "create_cluster", "-c", "demo", "--no-wait");
        run("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");
        emr.aws()
                .account()
                .bucket(name, "<Tagging><TagSet><Tag><Key>team</Key><Value>x</Value></Tag></TagSet></Tagging>");

        CommandResult refused = emr.create();

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err())
                .contains("The bucket " + name + " already exists, and its tags do not match this cluster."
                        + " Choose another cluster name with -c.\nNothing was created.\n");
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().remaining()).isEmpty();
    }
}
