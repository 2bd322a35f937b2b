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
 * Sends posts to a delivery stream. Each post is a record with a line break.
 *
 * <p>If Firehose accepts only a part of a batch, the other records are sent again, in order, before the next batch. A batch without a response
 * is sent again as a whole, so Firehose may accept its records twice.
 */
public final class FirehoseSink implements PostSink {
    /** The limit of PutRecordBatch. */
    private static final int MAX_RECORDS = 500;

    /** The limit is 4 MB per call. The documentation does not say whether before or after Base64; this size fits either way. */
    private static final int MAX_BYTES = 3_000_000;

    /** 1,000 KiB before Base64. */
    private static final int MAX_RECORD_BYTES = 1_024_000;

    private static final BatchLimits LIMITS = new BatchLimits(MAX_RECORDS, MAX_BYTES, MAX_RECORD_BYTES);

    /** The error codes of records that Firehose accepts later. With any other code, the record is rejected. */
    private static final Set<String> TRANSIENT = Set.of("ServiceUnavailableException", "InternalFailure");

    /** A stream survives any outage of AWS and of the network; meanwhile, its source waits. */
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

    /** What was sent since the start. Thread-safe. */
    public FirehoseCounts counts() {
        return counts;
    }

    @Override
    public BatchLimits limits() {
        return LIMITS;
    }

    /** Restores nothing, because Firehose keeps the records that it has accepted. */
    @Override
    public SinkState open(SinkState saved) {
        return SinkState.NONE;
    }

    /** Does nothing: Firehose itself publishes posts when its buffer is full or old enough. */
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
            notices.notice("Firehose accepts posts again");
        }
        return SinkState.NONE;
    }

    private static Record record(Post post) {
        byte[] line = Arrays.copyOf(post.line(), post.size());
        line[line.length - 1] = '\n';
        return Record.builder().data(SdkBytes.fromByteArrayUnsafe(line)).build();
    }

    /** Sends the pending records. Fails if Firehose did not accept all of them; the others remain pending. */
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

    /** How long to retry. Records that Firehose did not accept are not lost, because the source's position is saved only afterwards. */
    private Duration budget(AwsException fault, int attempt) {
        if (!isTransient(fault)) {
            return Duration.ZERO;
        }
        // An error response means that nothing was accepted, except after an internal error.
        counts = counts.withRetry(
                pending.size(), fault.isResponseLost() && !fault.code().equals("ServiceUnavailableException"));
        Instant now = aws.now();
        if (attempt >= QUIET_ATTEMPTS && (noticed == null || !now.isBefore(noticed.plus(NOTICE_INTERVAL)))) {
            noticed = now;
            notices.warn("Firehose does not accept posts, retrying: "
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
                                + " was deleted: create the stream again, then start it; it continues where it"
                                + " stopped.",
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
