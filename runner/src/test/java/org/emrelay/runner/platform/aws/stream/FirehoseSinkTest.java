package org.emrelay.runner.platform.aws.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.stream.BatchLimits;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.SinkState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every post is delivered, in order; again only if an answer was lost. */
final class FirehoseSinkTest {
    @TempDir
    Path workspace;

    private StreamFixture fixture;
    private AwsStreams streams;
    private FirehoseSink sink;

    @BeforeEach
    void start() throws Exception {
        fixture = new StreamFixture(workspace);
        StreamDescription stream = fixture.create();
        streams = fixture.streams();
        sink = streams.sink(stream);
        fixture.notices.clear();
        fixture.aws.calls().clear();
    }

    @AfterEach
    void close() {
        assertThat(fixture.aws.calls().unsupported()).isEmpty();
        assertThat(fixture.aws.calls().defects()).isEmpty();
        streams.close();
        fixture.close();
    }

    /** The ids of all posts that were delivered. */
    private List<Integer> delivered() {
        fixture.aws.clock().advance(Duration.ofMinutes(10));
        return fixture.deliveredLines(StreamFixture.BUCKET).stream()
                .map(line -> Integer.valueOf(line.replaceAll("[^0-9]", "")))
                .toList();
    }

    private static List<Integer> ids(int from, int to) {
        List<Integer> ids = new ArrayList<>();
        for (int id = from; id <= to; id++) {
            ids.add(id);
        }
        return ids;
    }

    @Test
    void sendsABatchInOneCallWithALineBreakAfterEachPost() throws Exception {
        assertThat(sink.limits()).isEqualTo(new BatchLimits(500, 3_000_000, 1_024_000));
        assertThat(sink.open(SinkState.NONE)).isEqualTo(SinkState.NONE);
        assertThat(sink.write(StreamFixture.posts(1, 500))).isEqualTo(SinkState.NONE);
        assertThat(sink.write(List.of())).isEqualTo(SinkState.NONE);
        assertThat(sink.finish()).isEqualTo(SinkState.NONE);

        assertThat(fixture.aws.calls().named("PutRecordBatch")).hasSize(1);
        assertThat(delivered()).isEqualTo(ids(1, 500));
        assertThat(fixture.keys(StreamFixture.BUCKET))
                .singleElement()
                .asString()
                .matches("posts/2026/11/21/03/" + StreamFixture.DELIVERY_STREAM
                        + "-1-2026-11-21-03-45-\\d\\d-00000000\\.json\\.gz");
        assertThat(sink.counts()).isEqualTo(new FirehoseCounts(500, 5_392, 2_560_000, 0, 1, 0));
        assertThat(fixture.notices).isEmpty();
    }

    @Test
    void takesTheLargestBatch() throws Exception {
        Post large = StreamFixture.post("\"" + "x".repeat(1_024_000 - 3) + "\"");
        assertThat(large.size()).isEqualTo(sink.limits().postBytes());

        sink.write(List.of(large, large, StreamFixture.post("\"" + "x".repeat(3_000_000 - 2_048_000 - 3) + "\"")));

        assertThat(sink.counts()).isEqualTo(new FirehoseCounts(3, 3_000_000, 3_000_320, 0, 1, 0));
    }

    @Test
    void sendsOnlyWhatFirehoseDidNotTakeInItsOrderBeforeTheNextBatch() throws Exception {
        fixture.aws
                .firehose()
                .rejectRecords((call, record) -> call <= 2 && record % 2 == 1
                        ? Optional.of(call == 1 ? "ServiceUnavailableException" : "InternalFailure")
                        : Optional.empty());

        sink.write(StreamFixture.posts(1, 8));
        sink.write(StreamFixture.posts(9, 10));

        assertThat(delivered()).containsExactly(1, 3, 5, 7, 2, 6, 4, 8, 9, 10);
        assertThat(sink.counts()).isEqualTo(new FirehoseCounts(10, 91, 51_200, 6, 4, 0));
        assertThat(fixture.notices).isEmpty();
    }

    @Test
    void deliversEachPostOnceWhateverRecordsAreRejected() throws Exception {
        Random random = new Random(7);
        fixture.aws
                .firehose()
                .rejectRecords(
                        (call, record) -> random.nextInt(3) == 0 ? Optional.of("InternalFailure") : Optional.empty());

        for (int from = 1; from <= 2_000; from += 250) {
            sink.write(StreamFixture.posts(from, from + 249));
        }

        assertThat(delivered()).hasSize(2_000).containsExactlyInAnyOrderElementsOf(ids(1, 2_000));
        assertThat(sink.counts().records()).isEqualTo(2_000);
        assertThat(sink.counts().repeated()).isZero();
    }

    @Test
    void waitsWhileFirehoseThrottles() throws Exception {
        fixture.aws.firehose().limitThroughput(40);

        sink.write(StreamFixture.posts(1, 500));

        assertThat(delivered()).isEqualTo(ids(1, 500));
        assertThat(sink.counts().repeated()).isZero();
        assertThat(fixture.notices)
                .first()
                .isEqualTo(
                        "warning: Firehose does not accept posts, retrying: ServiceUnavailableException: Slow down.");
        assertThat(fixture.notices).last().isEqualTo("Firehose accepts posts again");
    }

    @Test
    void outlivesAnOutageWithANoticeEachMinute() throws Exception {
        fixture.aws
                .faults()
                .add(Fault.unavailable(), Calls.named("PutRecordBatch").first(200));

        sink.write(StreamFixture.posts(1, 3));

        assertThat(delivered()).containsExactly(1, 2, 3);
        assertThat(sink.counts().calls()).isEqualTo(201);
        assertThat(fixture.aws.clock().elapsed()).isGreaterThan(Duration.ofMinutes(25));
        assertThat(fixture.notices).hasSizeBetween(20, 60);
    }

    @Test
    void sendsABatchAgainWhoseAnswerWasLost() throws Exception {
        fixture.aws
                .faults()
                .add(Fault.responseLost(), Calls.named("PutRecordBatch").first(1));
        fixture.aws
                .faults()
                .add(Fault.requestLost(), Calls.named("PutRecordBatch").nth(2));
        fixture.aws
                .faults()
                .add(Fault.responseTruncated(), Calls.named("PutRecordBatch").nth(3));

        sink.write(StreamFixture.posts(1, 2));
        sink.write(StreamFixture.posts(3, 4));

        assertThat(delivered()).containsExactly(1, 2, 1, 2, 1, 2, 3, 4);
        assertThat(sink.counts()).isEqualTo(new FirehoseCounts(4, 36, 20_480, 6, 5, 6));
    }

    @Test
    void aSlowAnswerIsNotRepeated() throws Exception {
        fixture.aws
                .faults()
                .add(
                        Fault.responseDelayed(Duration.ofSeconds(40)),
                        Calls.named("PutRecordBatch").first(1));

        sink.write(StreamFixture.posts(1, 2));

        assertThat(delivered()).containsExactly(1, 2);
    }

    @Test
    void anInterruptEndsAWait() {
        fixture.aws.faults().add(Fault.throttled(), Calls.named("PutRecordBatch"));
        Thread writer = Thread.currentThread();
        fixture.aws.clock().schedule(Duration.ofMinutes(3), writer::interrupt);

        assertThatThrownBy(() -> sink.write(StreamFixture.posts(1, 2))).isInstanceOf(InterruptedException.class);

        assertThat(sink.counts().records()).isZero();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aRecordThatFirehoseRefusesEndsTheStream() {
        fixture.aws
                .firehose()
                .rejectRecords(
                        (call, record) -> record == 1 ? Optional.of("InvalidKMSResourceException") : Optional.empty());

        assertThatThrownBy(() -> sink.write(StreamFixture.posts(1, 3)))
                .hasMessage("Could not send 1 of 3 posts to the delivery stream " + StreamFixture.DELIVERY_STREAM
                        + ". InvalidKMSResourceException: Internal service failure.");
    }

    @Test
    void aDeletedDeliveryStreamEndsTheStream() {
        fixture.aws.inspect(() -> fixture.aws.firehose().streams().remove(StreamFixture.DELIVERY_STREAM));

        assertThatThrownBy(() -> sink.write(StreamFixture.posts(1, 3)))
                .hasMessage("Delivery stream " + StreamFixture.DELIVERY_STREAM
                        + " was deleted: create the stream again, then start it; it continues where it stopped.");
    }

    @Test
    void revokedRightsEndTheStream() {
        fixture.aws.faults().deny("firehose", "PutRecordBatch");

        assertThatThrownBy(() -> sink.write(StreamFixture.posts(1, 3)))
                .hasMessageStartingWith("Could not send posts to the delivery stream " + StreamFixture.DELIVERY_STREAM
                        + ". AccessDeniedException: User: ")
                .hasMessageEndingWith(" Ask your AWS administrator for this permission.");
    }

    @Test
    void aDeletedBucketEndsTheStreamWithinAMinute() throws Exception {
        sink.write(StreamFixture.posts(1, 3));
        fixture.aws.inspect(() -> fixture.aws.s3().buckets().remove(StreamFixture.BUCKET));
        sink.write(StreamFixture.posts(4, 6));
        fixture.aws.clock().advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> sink.write(StreamFixture.posts(7, 9)))
                .hasMessage(
                        "Bucket " + StreamFixture.BUCKET + " was deleted, so Firehose cannot deliver posts: create the"
                                + " bucket again within 24 hours, then start the stream.");
        assertThat(sink.counts().records()).isEqualTo(6);
    }

    @Test
    void aRoleWithoutPermissionsEndsTheStreamAfterAWarning() throws Exception {
        sink.write(StreamFixture.posts(1, 3));
        fixture.aws.inspect(() -> {
            fixture.aws
                    .iam()
                    .roles()
                    .get(StreamFixture.DELIVERY_STREAM + "-firehose")
                    .inlinePolicies()
                    .replaceAll((name, policy) -> policy.replace("s3:PutObject", "s3:GetObjectAcl"));
            return true;
        });
        String reason = "Firehose cannot deliver posts to s3://" + StreamFixture.BUCKET
                + "/posts/: S3.AccessDenied: Access was denied. Ensure that the trust policy for the provided IAM role"
                + " allows Amazon Data Firehose to assume the role, and the access policy allows access to the S3 bucket.";
        fixture.aws.clock().advance(Duration.ofMinutes(6));
        fixture.aws.inspect(() -> true);
        sink.write(StreamFixture.posts(4, 6));
        fixture.aws.clock().advance(Duration.ofMinutes(2));
        fixture.aws.inspect(() -> true);

        assertThatThrownBy(() -> sink.write(StreamFixture.posts(7, 9)))
                .hasMessage(reason + " Firehose retries for 24 hours: fix the cause, then start the stream.");
        assertThat(fixture.notices).containsExactly("warning: " + reason);
    }

    @Test
    void readsTheDeliveryErrorsOnceAMinute() throws Exception {
        for (int i = 0; i < 10; i++) {
            sink.write(StreamFixture.posts(1, 1));
        }
        fixture.aws.clock().advance(Duration.ofMinutes(1));
        sink.write(StreamFixture.posts(1, 1));

        assertThat(fixture.aws.calls().all())
                .extracting(Call::operation)
                .filteredOn(operation -> !operation.equals("PutRecordBatch"))
                .containsExactly("HeadBucket", "GetLogEvents", "HeadBucket", "GetLogEvents");
    }
}
