package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.stream.AwsStreams;
import org.emrelay.runner.platform.aws.stream.StreamDeletion;
import org.emrelay.runner.platform.aws.stream.StreamOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster and a stream of the same name and workspace: neither takes the other's resources for its own. */
final class EmrBesideStreamTest {
    private static final List<String> RESOURCES = List.of(
            "delivery stream emrelay-bb26934c-us-east-1-demo",
            "iam role emrelay-bb26934c-us-east-1-demo-firehose",
            "log group /aws/kinesisfirehose/emrelay-bb26934c-us-east-1-demo",
            "s3 bucket emrelay-posts-123456789012-us-east-1-bb26934c-demo");

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void start() {
        emr = new EmrCliFixture(directory);
    }

    @AfterEach
    void close() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        emr.close();
    }

    private AwsStreams streams() {
        AwsSettings settings = new AwsSettings(
                "us-east-1",
                null,
                emr.aws().endpoint(),
                Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        AwsRetry retry = new AwsRetry(emr.aws().clock(), emr.aws().clock()::sleep, new Random(1));
        return new AwsStreams(
                new AwsContext(new AwsClients(settings), retry),
                emr.cli().path(".runner"),
                new Random(1),
                notice -> {},
                new RunnerCommand("runner.sh", List.of()));
    }

    private void createStream() throws Exception {
        try (AwsStreams streams = streams()) {
            StreamDefinition.Sink sink = new StreamDefinition.Sink(
                    null, null, "posts/", "posts-errors/", 1 << 20, Duration.ofMinutes(1), Compression.GZIP);
            streams.create(
                    new StreamDefinition(
                            "demo",
                            new StreamSource.Synthetic(null, 1, null),
                            List.of(),
                            List.of(),
                            sink,
                            StreamDefinition.Limits.NONE),
                    StreamOptions.NONE,
                    false);
        }
    }

    private DeletionOutcome deleteStream() throws Exception {
        try (AwsStreams streams = streams();
                StreamDeletion deletion = streams.prepareDeletion("demo", null)) {
            return deletion.execute(true, null);
        }
    }

    @Test
    void theClusterIsTerminatedAndTheStreamStays() throws Exception {
        assertThat(emr.create().code()).isZero();
        createStream();

        assertThat(emr.terminate("--delete-bucket").code()).isZero();

        assertThat(emr.aws().remaining()).containsExactlyInAnyOrderElementsOf(RESOURCES);
        assertThat(emr.create().code()).isZero();
    }

    @Test
    void theStreamIsDeletedAndTheClusterStays() throws Exception {
        assertThat(emr.create().code()).isZero();
        List<String> cluster = emr.aws().remaining();
        createStream();

        assertThat(deleteStream().isComplete()).isTrue();

        assertThat(emr.aws().remaining()).containsExactlyInAnyOrderElementsOf(cluster);
    }

    @Test
    void theResourcesOfAStreamAreNoOrphansOfAClusters() throws Exception {
        assertThat(emr.create().code()).isZero();
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        createStream();
        emr.aws().clock().advance(Duration.ofDays(2));

        assertThat(emr.run("-a", "list_clusters", "--orphans", "--yes", "--delete-bucket"))
                .isEqualTo(new CliFixture.CommandResult(0, "No orphaned resources.\n", ""));

        assertThat(emr.aws().remaining()).containsExactlyInAnyOrderElementsOf(RESOURCES);
    }

    @Test
    void theStreamOfALostWorkspaceIsNoOrphan() throws Exception {
        createStream();
        List<String> stream = emr.aws().remaining();
        emr.aws().clock().advance(Duration.ofDays(2));
        emr.deleteResourceJournals();

        assertThat(emr.run("-a", "list_clusters", "--orphans", "--yes", "--delete-bucket")
                        .code())
                .isZero();

        assertThat(emr.aws().remaining()).containsExactlyInAnyOrderElementsOf(stream);
    }
}
