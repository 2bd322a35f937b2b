package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AdvancingClock;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.stream.AwsStreams;
import org.emrelay.runner.platform.aws.stream.FirehoseSink;
import org.emrelay.runner.platform.aws.stream.StreamDeletion;
import org.emrelay.runner.platform.aws.stream.StreamDescription;
import org.emrelay.runner.platform.aws.stream.StreamOptions;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The life of a stream on ministack, which delivers records at once and compresses nothing: prefixes and limits only. */
@Tag("servers")
final class MinistackStreamTest {
    private static PythonServer process;
    private static ForeignServer server;

    @TempDir
    Path workspace;

    @BeforeAll
    static void start() {
        process = PythonServer.start("ministack==1.5.33", "start_ministack.py");
        server = new ForeignServer(process.endpoint());
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            server.close();
            process.close();
        }
    }

    private AwsStreams streams(AdvancingClock clock) {
        return new AwsStreams(
                new AwsContext(server.clients(), clock.retry()),
                workspace,
                new Random(1),
                notice -> {},
                new RunnerCommand("runner.sh", List.of()));
    }

    private static StreamDefinition stream() {
        return new StreamDefinition(
                "launches",
                new StreamSource.Synthetic(null, 1, null),
                List.of(),
                List.of(),
                new StreamDefinition.Sink(
                        null, null, "posts/", "posts-errors/", 1 << 20, Duration.ofMinutes(1), Compression.NONE),
                StreamDefinition.Limits.NONE);
    }

    private static List<String> keys(String bucket) {
        return server.clients().s3().listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void aStreamIsCreatedDeliversByTheHourAndIsDeletedLeavingNothing() throws Exception {
        Set<String> before = server.inventory();
        AwsStreams streams = streams(new AdvancingClock(Instant.now().toString()));
        StreamDescription created = streams.create(stream(), StreamOptions.NONE, false);
        FirehoseSink sink = streams.sink(created);
        List<Post> posts = new ArrayList<>();
        for (int id = 0; id < sink.limits().posts(); id++) {
            posts.add(new Post(("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8), new Position("")));
        }

        sink.write(posts);
        byte[] large = new byte[sink.limits().postBytes() - 1];
        Arrays.fill(large, (byte) '1');
        sink.write(List.of(new Post(large, new Position(""))));

        assertThat(keys(created.bucket()))
                .isNotEmpty()
                .allMatch(key -> key.matches("posts/\\d{4}/\\d{2}/\\d{2}/\\d{2}/.*"));
        assertThat(sink.counts().records()).isEqualTo(501);
        assertRefusesMoreThanTheLimits(created.deliveryStream());
        assertThat(streams.describe("launches").orElseThrow().prefix()).isEqualTo("posts/");
        try (StreamDeletion deletion = streams.prepareDeletion("launches", stream())) {
            assertThat(deletion.execute(true, null).isComplete()).isTrue();
        }
        assertThat(server.inventory()).isEqualTo(before);
        assertThat(server.clients().firehose().listDeliveryStreams().deliveryStreamNames())
                .isEmpty();
    }

    /** AWS refuses a call with a record that is too large as a whole. */
    private static void assertRefusesMoreThanTheLimits(String deliveryStream) {
        Record record = Record.builder().data(SdkBytes.fromUtf8String("x")).build();
        List<Record> tooMany = new ArrayList<>();
        for (int i = 0; i <= 500; i++) {
            tooMany.add(record);
        }
        assertThatThrownBy(() -> server.clients()
                        .firehose()
                        .putRecordBatch(request ->
                                request.deliveryStreamName(deliveryStream).records(tooMany)))
                .isInstanceOf(FirehoseException.class);
        Record tooLarge = Record.builder()
                .data(SdkBytes.fromByteArray(new byte[1_024_001]))
                .build();
        assertThat(server.clients()
                        .firehose()
                        .putRecordBatch(request ->
                                request.deliveryStreamName(deliveryStream).records(record, tooLarge))
                        .failedPutCount())
                .isEqualTo(1);
    }
}
