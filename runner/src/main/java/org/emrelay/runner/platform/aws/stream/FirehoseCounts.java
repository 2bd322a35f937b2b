package org.emrelay.runner.platform.aws.stream;

/**
 * What a sink has sent since its start.
 *
 * @param records that Firehose took
 * @param bytes of these records
 * @param billedBytes the same, with each record rounded up as Firehose charges it
 * @param retried records that were sent again because Firehose did not take them, or did not answer
 * @param calls of PutRecordBatch
 * @param repeated those of the retried records that Firehose may have taken twice, because its answer was lost
 */
public record FirehoseCounts(long records, long bytes, long billedBytes, long retried, long calls, long repeated) {
    static final FirehoseCounts NONE = new FirehoseCounts(0, 0, 0, 0, 0, 0);

    FirehoseCounts withCall() {
        return new FirehoseCounts(records, bytes, billedBytes, retried, calls + 1, repeated);
    }

    FirehoseCounts withSent(long sent, long sentBytes, long sentBilled) {
        return new FirehoseCounts(
                records + sent, bytes + sentBytes, billedBytes + sentBilled, retried, calls, repeated);
    }

    FirehoseCounts withRetry(long again, boolean answerLost) {
        return new FirehoseCounts(
                records, bytes, billedBytes, retried + again, calls, repeated + (answerLost ? again : 0));
    }
}
