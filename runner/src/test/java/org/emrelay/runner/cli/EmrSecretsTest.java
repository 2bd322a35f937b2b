package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets stay where they were, and what is not ours stays untouched. */
final class EmrSecretsTest {
    private static final String KEY = "wJalrPLANTEDKEYbPxRfiCYEXAMPLEKEY0123456";
    private static final String TOKEN = "PLANTEDTOKENFwoGZXIvYXdzEXAMPLETOKEN";
    private static final String PARAMETER = "PLANTED-parameter-hunter2";

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private EmrPrompt emr;

    @BeforeEach
    void begin() {
        emr = new EmrPrompt(directory);
        emr.prompt()
                .withEnvironment("AWS_SECRET_ACCESS_KEY", KEY)
                .withEnvironment("AWS_SESSION_TOKEN", TOKEN)
                .withEnvironment("DATABASE_PASSWORD", PARAMETER);
    }

    @AfterEach
    void end() {
        emr.close();
    }

    private void type(String... arguments) {
        CommandResult answer = emr.type(arguments);
        said.add(answer.out() + answer.err());
    }

    @Test
    void showsNoSecretInWhatIsSaidWrittenOrSent() throws Exception {
        type("-a", "create_cluster", "-c", "demo", "--verbose");
        type("-a", "list_clusters", "-t", "emr", "--output", "json", "--verbose");
        type("-a", "describe_cluster", "-c", "demo", "--output", "json", "--verbose");
        type("-a", "terminate_cluster", "-c", "demo", "--yes", "--verbose");
        for (Fault fault : List.of(Fault.denied(), Fault.expiredCredentials(), Fault.answerLost(), Fault.answerCut())) {
            emr.aws().faults().clear();
            emr.aws().faults().add(fault, Calls.mutating().after(4));
            type("-a", "create_cluster", "-c", "demo", "--verbose");
            type("-a", "terminate_cluster", "-c", "demo", "--yes", "--verbose");
        }

        assertThat(said).hasSize(12);
        assertThat(said).allSatisfy(EmrSecretsTest::hasNoSecret);
        assertThat(emr.aws().calls().all()).allSatisfy(call -> hasNoSecret(withoutTokenHeader(call)));
        assertThat(written()).isNotEmpty().allSatisfy(EmrSecretsTest::hasNoSecret);
    }

    /** The session's token is a header of every signed call, and belongs nowhere else. */
    private static String withoutTokenHeader(Call call) {
        return call.text().replaceFirst("(?i)(x-amz-security-token[^\\w]+)" + TOKEN, "$1");
    }

    private static void hasNoSecret(String text) {
        assertThat(text).doesNotContain(KEY, TOKEN, PARAMETER, "hunter2");
    }

    private List<String> written() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve(".runner"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void tagsNothingThatIsNotOurs() {
        type("-a", "create_cluster", "-c", "demo");
        type("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");

        assertThat(emr.aws().calls().all())
                .filteredOn(call -> call.operation().matches("CreateTags|AddTags|Tag\\w+|PutBucketTagging"))
                .allSatisfy(call -> assertThat(call.resource()).startsWith("emrelay-123456789012-"));
        assertThat(emr.aws().calls().named("CreateTags")).isEmpty();
        assertThat(emr.aws().foreignChanges()).isEmpty();
    }

    @Test
    void leavesWhatHasOurNamesAndNotOurTagsAsItIs() {
        type("-a", "create_cluster", "-c", "demo", "--no-wait");
        type("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");
        emr.aws().account().role("emrelay-bb26934c-us-east-1-demo-service");

        CommandResult refused = emr.create();

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err())
                .contains("The role emrelay-bb26934c-us-east-1-demo-service is there already, and its tags do not"
                        + " say that it is of this cluster. Take another name with -c.\nNothing was created.\n");
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void leavesABucketOfOurNameWithTagsOfSomebodyElseAsItIs() {
        String name = "emrelay-123456789012-us-east-1-bb26934c-demo";
        type("-a", "create_cluster", "-c", "demo", "--no-wait");
        type("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");
        emr.aws()
                .account()
                .bucket(name, "<Tagging><TagSet><Tag><Key>team</Key><Value>x</Value></Tag></TagSet></Tagging>");

        CommandResult refused = emr.create();

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err())
                .contains(
                        "The bucket " + name + " is there already, and its tags do not say that it is of this cluster."
                                + " Take another name with -c.\nNothing was created.\n");
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().remaining()).isEmpty();
    }
}
