package org.emrelay.runner.platform.aws.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.iam.PolicyValidator;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creates, describes and deletes a stream on the fake AWS. */
final class AwsStreamsTest {
    private static final String ROLE = StreamFixture.DELIVERY_STREAM + "-firehose";
    private static final String LOG_GROUP = "/aws/kinesisfirehose/" + StreamFixture.DELIVERY_STREAM;
    private static final Path POLICY = Path.of("..", "docs", "stream-caller-policy.json");

    @TempDir
    Path workspace;

    private StreamFixture fixture;

    @BeforeEach
    void start() {
        fixture = new StreamFixture(workspace);
    }

    @AfterEach
    void close() {
        assertThat(fixture.aws.foreignChanges()).isEmpty();
        assertThat(fixture.aws.calls().unsupported()).isEmpty();
        assertThat(fixture.aws.calls().defects()).isEmpty();
        fixture.close();
    }

    private String inlinePolicy() {
        return fixture.aws.inspect(
                () -> fixture.aws.iam().roles().get(ROLE).inlinePolicies().get("emrelay"));
    }

    @Test
    void createsAllResourcesOfAStream() {
        StreamDescription created = fixture.create();

        assertThat(created)
                .isEqualTo(new StreamDescription(
                        StreamFixture.NAME,
                        StreamFixture.DELIVERY_STREAM,
                        DeliveryStreamState.ACTIVE,
                        null,
                        created.created(),
                        StreamFixture.BUCKET,
                        "posts/",
                        "posts-errors/",
                        Duration.ofMinutes(5),
                        64L << 20,
                        List.of(),
                        false));
        assertThat(created.uri()).isEqualTo("s3://" + StreamFixture.BUCKET + "/posts/");
        assertThat(fixture.aws.remaining())
                .containsExactlyInAnyOrder(
                        "iam role " + ROLE,
                        "log group " + LOG_GROUP,
                        "delivery stream " + StreamFixture.DELIVERY_STREAM,
                        "s3 bucket " + StreamFixture.BUCKET);
        Map<String, String> tags = Map.of("emrelay:workspace", "bb26934c", "emrelay:stream", "launches");
        assertThat(fixture.aws.iam().roles().get(ROLE).tags()).isEqualTo(tags);
        assertThat(fixture.aws.logs().tags(LOG_GROUP)).isEqualTo(tags);
        assertThat(fixture.aws.logs().retentionDays(LOG_GROUP)).isEqualTo(7);
        assertThat(fixture.aws
                        .firehose()
                        .streams()
                        .get(StreamFixture.DELIVERY_STREAM)
                        .tags())
                .isEqualTo(tags);
        assertThat(fixture.aws.s3().buckets().get(StreamFixture.BUCKET).settings())
                .containsOnlyKeys("encryption", "lifecycle", "policy", "publicAccessBlock", "tagging");
        assertThat(fixture.notices).containsExactly("Waiting for the new IAM role to propagate");
        assertThat(fixture.statuses)
                .contains("Delivery stream " + StreamFixture.DELIVERY_STREAM + " is CREATING (0 s)");
    }

    @Test
    void theRoleMayWriteBelowThePrefixesAndNothingElse() {
        fixture.create();

        assertThat(inlinePolicy())
                .isEqualTo("""
                {"Version":"2012-10-17","Statement":[\
                {"Sid":"FindTheBucket","Effect":"Allow",\
                "Action":["s3:GetBucketLocation","s3:ListBucket","s3:ListBucketMultipartUploads"],\
                "Resource":["arn:aws:s3:::BUCKET"]},\
                {"Sid":"WritePosts","Effect":"Allow",\
                "Action":["s3:AbortMultipartUpload","s3:GetObject","s3:PutObject"],\
                "Resource":["arn:aws:s3:::BUCKET/posts/*","arn:aws:s3:::BUCKET/posts-errors/*"]},\
                {"Sid":"WriteDeliveryErrors","Effect":"Allow","Action":["logs:PutLogEvents"],\
                "Resource":["arn:aws:logs:us-east-1:123456789012:log-group:LOG:log-stream:DestinationDelivery"]}]}""".replace("BUCKET", StreamFixture.BUCKET).replace("LOG:", LOG_GROUP + ":"));
        assertThat(fixture.aws.iam().roles().get(ROLE).trustPolicy()).isEqualTo("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
                "Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole",\
                "Condition":{"StringEquals":{"sts:ExternalId":"123456789012"}}}]}""");
    }

    @Test
    void theDeliveryStreamIsConfiguredAsTheFileSays() {
        fixture.aws.account().bucket("theirs");

        fixture.create(StreamFixture.stream(new StreamDefinition.Sink(
                null, "theirs", "a/b/", "a/c/", 1 << 20, Duration.ofSeconds(60), Compression.NONE)));

        assertThat(fixture.aws
                        .firehose()
                        .streams()
                        .get(StreamFixture.DELIVERY_STREAM)
                        .destination()
                        .json())
                .isEqualTo("""
                {
                  "RoleARN" : "arn:aws:iam::123456789012:role/%s",
                  "BucketARN" : "arn:aws:s3:::theirs",
                  "Prefix" : "a/b/!{timestamp:yyyy/MM/dd/HH}/",
                  "ErrorOutputPrefix" : "a/c/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
                  "BufferingHints" : {
                    "SizeInMBs" : 1,
                    "IntervalInSeconds" : 60
                  },
                  "CompressionFormat" : "UNCOMPRESSED",
                  "CloudWatchLoggingOptions" : {
                    "Enabled" : true,
                    "LogGroupName" : "%s",
                    "LogStreamName" : "DestinationDelivery"
                  },
                  "FileExtension" : ".json"
                }
                """.formatted(ROLE, LOG_GROUP));
        assertThat(fixture.aws.remaining())
                .containsExactlyInAnyOrder(
                        "iam role " + ROLE,
                        "log group " + LOG_GROUP,
                        "delivery stream " + StreamFixture.DELIVERY_STREAM);
    }

    @Test
    void theRoleMayUseTheKeyOfTheBucket() {
        String key = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
        fixture.aws.account().encryptedBucket("theirs", key);

        fixture.create(StreamFixture.stream("theirs"));

        assertThat(inlinePolicy())
                .endsWith("{\"Sid\":\"EncryptPosts\",\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\","
                        + "\"kms:GenerateDataKey\"],\"Resource\":[\"" + key + "\"]}]}");
    }

    @Test
    void aStreamOfThisNameIsNotCreatedTwice() {
        fixture.create();

        assertThatThrownBy(fixture::create)
                .hasMessage("A stream named 'launches' already exists: delivery stream " + StreamFixture.DELIVERY_STREAM
                        + " is ACTIVE. Start it, choose another name, or delete it: runner.sh -a delete_stream --name"
                        + " launches");
    }

    @Test
    void saysAllThatPreventsACreation() {
        fixture.aws.account().role(ROLE);
        fixture.aws.account().bucketIn("eu-west-1", "far");

        assertThatThrownBy(() -> fixture.create(StreamFixture.stream(new StreamDefinition.Sink(
                        null, "far", "posts/", "posts/errors/", 200L << 20, Duration.ofHours(1), Compression.GZIP))))
                .hasMessage("Role " + ROLE
                        + " already exists, and its tags do not match this workspace and stream. Choose another name in"
                        + " the stream file.\n"
                        + "bucket: bucket 'far' is in eu-west-1, but the stream is in us-east-1. Choose a bucket in"
                        + " the same region, or pass the other region with --region.\n"
                        + "buffer_mb: Firehose buffers 1 to 128 MB.\n"
                        + "buffer_seconds: Firehose buffers 0 to 900 s.\n"
                        + "error_prefix: 'posts/errors/' and prefix 'posts/' must not contain each other, because a"
                        + " reader of the posts would also read the errors.\n"
                        + "Nothing was created.");
        assertThatThrownBy(() -> fixture.create(StreamFixture.stream("missing")))
                .hasMessageContaining("bucket: bucket 'missing' does not exist. Create it, or remove the key to let"
                        + " Emrelay create one.\n");
        assertThat(fixture.aws.remaining()).isEmpty();
    }

    @Test
    void aFailedCreationIsRolledBack() {
        fixture.aws.firehose().failCreations("no");

        assertThatThrownBy(fixture::create)
                .hasMessage("Delivery stream " + StreamFixture.DELIVERY_STREAM
                        + " did not become ACTIVE: it is CREATING_FAILED. UNKNOWN_ERROR: no\n"
                        + "Rolled back: all created resources were deleted.");
        assertThat(fixture.aws.remaining()).isEmpty();
    }

    @Test
    void keepsWhatAFailedCreationCreated() {
        fixture.aws.faults().deny("logs", "CreateLogStream");

        assertThatThrownBy(() -> fixture.create(StreamFixture.stream((String) null), true))
                .hasMessageEndingWith(
                        "\nThe created resources are kept (--keep). Delete them: runner.sh -a delete_stream --name"
                                + " launches");
        assertThat(fixture.aws.remaining()).contains("log group " + LOG_GROUP);
    }

    @Test
    void describesTheStateAndTheLastDeliveryErrors() throws Exception {
        try (AwsStreams streams = fixture.streams()) {
            assertThat(streams.describe(StreamFixture.NAME)).isEmpty();
            StreamDescription created = fixture.create();
            assertThat(streams.describe(StreamFixture.NAME)).contains(created.withErrors(List.of(), true));
            fixture.aws.s3().buckets().remove(StreamFixture.BUCKET);
            streams.sink(created);
            fixture.aws.inspect(() -> {
                fixture.aws.logs().write(LOG_GROUP, "DestinationDelivery", "not JSON");
                return true;
            });
            fixture.aws.clock().advance(Duration.ofSeconds(1));
            fixture.aws.inspect(() -> {
                fixture.aws
                        .logs()
                        .write(
                                LOG_GROUP,
                                "DestinationDelivery",
                                "{\"errorCode\":\"S3.NoSuchBucket\",\"message\":\"Gone.\",\"attemptsMade\":1}");
                return true;
            });

            List<DeliveryError> errors =
                    streams.describe(StreamFixture.NAME).orElseThrow().errors();

            assertThat(errors).extracting(DeliveryError::text).containsExactly("S3.NoSuchBucket: Gone.", "not JSON");
            fixture.aws.faults().deny("logs", "GetLogEvents");
            assertThat(streams.describe(StreamFixture.NAME).orElseThrow().errorsKnown())
                    .isFalse();
        }
    }

    @Test
    void deletesAllButThePosts() throws Exception {
        fixture.create();
        try (AwsStreams streams = fixture.streams();
                StreamDeletion deletion = streams.prepareDeletion(StreamFixture.NAME, null)) {
            assertThat(deletion.isEmpty()).isFalse();
            assertThat(deletion.summary())
                    .isEqualTo("delivery stream " + StreamFixture.DELIVERY_STREAM + " (ACTIVE), role " + ROLE
                            + ", log group " + LOG_GROUP);
            assertThat(deletion.posts()).contains("bucket " + StreamFixture.BUCKET);

            assertThat(deletion.execute(false, null))
                    .isEqualTo(new DeletionOutcome(
                            List.of(
                                    "delivery stream " + StreamFixture.DELIVERY_STREAM,
                                    "log group " + LOG_GROUP,
                                    "role " + ROLE),
                            List.of("bucket " + StreamFixture.BUCKET + " with the posts (--delete-posts deletes it)"),
                            List.of()));
        }
        assertThat(fixture.aws.remaining()).containsExactly("s3 bucket " + StreamFixture.BUCKET);

        assertThat(fixture.delete(true).removed()).containsExactly("bucket " + StreamFixture.BUCKET);
        assertThat(fixture.delete(true)).isEqualTo(new DeletionOutcome(List.of(), List.of(), List.of()));
        assertThat(fixture.aws.remaining()).isEmpty();
    }

    @Test
    void deletesThePostsInAGivenBucketAndNothingElseThere() {
        fixture.aws.account().bucket("theirs");
        fixture.aws.account().object("theirs", "results/part-0.csv", "a");
        fixture.aws.account().object("theirs", "postscript.txt", "a");
        fixture.create(StreamFixture.stream("theirs"));
        fixture.aws.s3().write("theirs", "posts/2026/11/21/03/a.json.gz", new byte[] {1});
        fixture.aws.s3().write("theirs", "posts-errors/x/2026/11/21/03/a", new byte[] {1});

        assertThat(fixture.delete(true).removed())
                .contains("posts in s3://theirs/posts/ and s3://theirs/posts-errors/");
        assertThat(fixture.keys("theirs")).containsExactly("postscript.txt", "results/part-0.csv");
    }

    @Test
    void waitsUntilFirehoseHasDeliveredTheLastPosts() throws Exception {
        StreamDescription stream = fixture.create();
        try (AwsStreams streams = fixture.streams()) {
            streams.sink(stream).write(StreamFixture.posts(1, 3));
            Instant lastWrite = fixture.aws.clock().instant();
            try (StreamDeletion deletion = streams.prepareDeletion(StreamFixture.NAME, null)) {
                assertThat(deletion.execute(false, lastWrite).isComplete()).isTrue();
            }
        }

        assertThat(fixture.deliveredLines(StreamFixture.BUCKET)).hasSize(3);
        assertThat(fixture.statuses).contains("Waiting 361 s for Firehose to deliver the last posts");
    }

    @Test
    void leavesWhatHasItsNamesButNotItsTags() {
        fixture.aws.account().deliveryStream(StreamFixture.DELIVERY_STREAM);
        fixture.aws.account().logGroup(LOG_GROUP);
        fixture.aws.account().role(ROLE);

        assertThat(fixture.delete(true))
                .isEqualTo(new DeletionOutcome(
                        List.of(),
                        List.of(
                                "Delivery stream " + StreamFixture.DELIVERY_STREAM
                                        + " has this stream's name but not its tags: left unchanged.",
                                "Log group " + LOG_GROUP + " has this stream's name but not its tags: left unchanged.",
                                "Role " + ROLE + " has this stream's name but not its tags: left unchanged."),
                        List.of()));
    }

    @Test
    void aLostAnswerCreatesNothingTwice() {
        for (String operation : List.of("CreateDeliveryStream", "CreateRole", "CreateLogGroup", "CreateLogStream")) {
            fixture.aws
                    .faults()
                    .add(Fault.responseLost(), Calls.named(operation).first(operation.equals("CreateRole") ? 1 : 2));
        }

        assertThat(fixture.create().state()).isEqualTo(DeliveryStreamState.ACTIVE);
        assertThat(fixture.delete(true).isComplete()).isTrue();
        assertThat(fixture.aws.remaining()).isEmpty();
    }

    @Test
    void theDocumentedPolicySufficesAndIsUsedCompletely() throws Exception {
        StreamCallerPolicy policy = StreamCallerPolicy.ofAllStreams();
        String document = JsonWriter.pretty(policy.document());
        if (Boolean.getBoolean("update.documents")) {
            Files.writeString(POLICY, document);
        }
        assertThat(POLICY).hasContent(document);
        assertThat(PolicyValidator.statements(document)).hasSameSizeAs(policy.statements());
        fixture.aws.caller().restrictTo(document);
        try (AwsStreams streams = fixture.streams()) {
            assertThat(streams.check(StreamFixture.stream((String) null), StreamOptions.NONE))
                    .isEqualTo(new StreamFindings(null, List.of(), List.of()));
            StreamDescription created = fixture.create();
            streams.sink(created).write(StreamFixture.posts(1, 3));
            streams.describe(StreamFixture.NAME);
            fixture.aws.clock().advance(Duration.ofMinutes(10));
            fixture.aws.inspect(() ->
                    fixture.aws.iam().roles().get(ROLE).attachedPolicies().add("arn:aws:iam::aws:policy/AWSDenyAll"));
        }
        assertThat(fixture.delete(true).failures()).isEmpty();

        Set<String> allowed = new TreeSet<>();
        policy.statements().forEach(statement -> allowed.addAll(statement.actions()));
        Set<String> used = new TreeSet<>(fixture.aws.caller().usedActions());
        // For a given bucket, and for an upload that Firehose left.
        used.addAll(Set.of("s3:GetEncryptionConfiguration", "s3:AbortMultipartUpload", "s3:DeleteObject"));
        assertThat(used).containsExactlyInAnyOrderElementsOf(allowed);
    }

    @Test
    void warnsOfMissingPermissions() throws Exception {
        String document = JsonWriter.line(StreamCallerPolicy.ofAllStreams().document())
                .replace("\"firehose:PutRecordBatch\"", "\"firehose:PutRecord\"");
        fixture.aws.caller().restrictTo(document);
        try (AwsStreams streams = fixture.streams()) {
            assertThat(streams.check(StreamFixture.stream((String) null), StreamOptions.NONE)
                            .warnings())
                    .containsExactly(
                            "You are not authorized to perform firehose:PutRecordBatch: start_stream cannot send"
                                    + " posts. Ask your AWS administrator for the statement SendPosts of"
                                    + " docs/stream-caller-policy.json.");
        }
    }
}
