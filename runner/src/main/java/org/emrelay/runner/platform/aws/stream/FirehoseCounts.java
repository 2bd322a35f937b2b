package org.emrelay.runner.platform.aws.stream;

/**
 * The numbers of records and bytes that a sink has sent since its start.
 *
 * @param records the records that Firehose accepted
 * @param bytes the size of these records
 * @param billedBytes the same, with each record rounded up as Firehose charges it
 * @param retried records that were sent again because Firehose did not accept them, or did not answer
 * @param calls the calls of PutRecordBatch
 * @param repeated retried records that Firehose may have accepted twice, because its response was lost
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
