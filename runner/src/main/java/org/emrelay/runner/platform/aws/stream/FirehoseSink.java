package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.price.FirehosePrice;
import org.emrelay.runner.stream.BatchLimits;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.PostSink;
import org.emrelay.runner.stream.SinkState;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;

/**
 * Sends posts to a delivery stream. Each is a record with a line break.
 *
 * <p>Of a batch that Firehose took in part, only the other records are sent again, in their order, before the next batch. A batch without
 * an answer is sent again as a whole, so Firehose may have taken its records twice.
 */
public final class FirehoseSink implements PostSink {
    /** Of PutRecordBatch. */
    private static final int MAX_RECORDS = 500;

    /** A call takes 4 MB. The documentation does not say whether before or after Base64: these fit both ways. */
    private static final int MAX_BYTES = 3_000_000;

    /** 1,000 KiB before Base64. */
    private static final int MAX_RECORD_BYTES = 1_024_000;

    private static final BatchLimits LIMITS = new BatchLimits(MAX_RECORDS, MAX_BYTES, MAX_RECORD_BYTES);

    /** Records that Firehose takes later. Any other code refuses the record. */
    private static final Set<String> TRANSIENT = Set.of("ServiceUnavailableException", "InternalFailure");

    /** A stream outlives each outage of AWS and of the network: its source waits meanwhile. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** Retries before the first notice. */
    private static final int QUIET_ATTEMPTS = 3;

    private static final Duration NOTICE_INTERVAL = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final StreamDescription stream;
    private final DeliveryHealth health;
    private final Notices notices;
    private volatile FirehoseCounts counts = FirehoseCounts.NONE;
    private List<Record> pending = List.of();
    private @Nullable Instant noticed;

    FirehoseSink(AwsContext aws, StreamDescription stream, DeliveryHealth health, Notices notices) {
        this.aws = aws;
        this.stream = stream;
        this.health = health;
        this.notices = notices;
    }

    /** What was sent since the start; any thread may ask. */
    public FirehoseCounts counts() {
        return counts;
    }

    @Override
    public BatchLimits limits() {
        return LIMITS;
    }

    /** Firehose keeps what it took, so there is nothing to restore. */
    @Override
    public SinkState open(SinkState saved) {
        return SinkState.NONE;
    }

    /** Firehose makes posts visible by itself, when its buffer is full or old enough. */
    @Override
    public Optional<SinkState> publishDue() {
        health.check();
        return Optional.empty();
    }

    @Override
    public SinkState write(List<Post> posts) throws InterruptedException {
        health.check();
        if (posts.isEmpty()) {
            return SinkState.NONE;
        }
        pending = posts.stream().map(FirehoseSink::record).toList();
        try {
            aws.retry()
                    .callWithin(
                            "send posts to the delivery stream " + stream.deliveryStream(), this::budget, this::put);
        } catch (AwsException fault) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw refused(fault);
        }
        if (noticed != null) {
            noticed = null;
            notices.notice("Firehose takes posts again");
        }
        return SinkState.NONE;
    }

    private static Record record(Post post) {
        byte[] line = Arrays.copyOf(post.line(), post.size());
        line[line.length - 1] = '\n';
        return Record.builder().data(SdkBytes.fromByteArrayUnsafe(line)).build();
    }

    /** Sends the pending records. Fails if Firehose did not take all of them; then the others are pending. */
    private PutRecordBatchResponse put() {
        List<Record> sent = pending;
        counts = counts.withCall();
        PutRecordBatchResponse response = aws.firehose()
                .putRecordBatch(request ->
                        request.deliveryStreamName(stream.deliveryStream()).records(sent));
        List<PutRecordBatchResponseEntry> results = response.requestResponses();
        List<Record> failed = new ArrayList<>();
        PutRecordBatchResponseEntry cause = null;
        for (int i = 0; i < sent.size(); i++) {
            PutRecordBatchResponseEntry result = results.get(i);
            if (result.errorCode() == null) {
                long bytes = sent.get(i).data().asByteArrayUnsafe().length;
                counts = counts.withSent(1, bytes, FirehosePrice.billedBytes(bytes));
            } else {
                failed.add(sent.get(i));
                cause = cause == null || !TRANSIENT.contains(result.errorCode()) ? result : cause;
            }
        }
        pending = failed;
        if (cause != null) {
            throw AwsException.rejected(
                    "send " + failed.size() + " of " + sent.size() + " posts to the delivery stream "
                            + stream.deliveryStream(),
                    cause.errorCode(),
                    Objects.requireNonNullElse(cause.errorMessage(), "no reason"));
        }
        return response;
    }

    /** How long to retry. What Firehose did not take is not lost: the source's position is not saved before. */
    private Duration budget(AwsException fault, int attempt) {
        if (!isTransient(fault)) {
            return Duration.ZERO;
        }
        // An error response means that nothing was taken, but for an internal error.
        counts = counts.withRetry(
                pending.size(), fault.isResponseLost() && !fault.code().equals("ServiceUnavailableException"));
        Instant now = aws.now();
        if (attempt >= QUIET_ATTEMPTS && (noticed == null || !now.isBefore(noticed.plus(NOTICE_INTERVAL)))) {
            noticed = now;
            notices.warn("Firehose does not take posts, trying again: "
                    + (fault.code().isEmpty() ? fault.awsMessage() : fault.code() + ": " + fault.awsMessage()));
        }
        return FOR_EVER;
    }

    private static boolean isTransient(AwsException fault) {
        return fault.isOutage() || fault.isResponseLost() || TRANSIENT.contains(fault.code());
    }

    private RuntimeException refused(AwsException fault) {
        return fault.is(Kind.NOT_FOUND)
                ? new DeliveryException(
                        "Delivery stream " + stream.deliveryStream()
                                + " was deleted: create the stream again, then start it; it continues where it ended.",
                        fault)
                : fault;
    }

    @Override
    public SinkState finish() {
        return SinkState.NONE;
    }

    /** The AWS clients belong to the command. */
    @Override
    public void close() {}
}
