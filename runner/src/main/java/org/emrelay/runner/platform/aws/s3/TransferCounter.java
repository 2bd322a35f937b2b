package org.emrelay.runner.platform.aws.s3;

import org.emrelay.runner.platform.TransferListener;

/** Sums the bytes transferred by the threads of one copy and reports them. */
final class TransferCounter {
    private final TransferListener listener;
    private final String label;
    private final long totalBytes;
    private long doneBytes;

    TransferCounter(TransferListener listener, String label, long totalBytes) {
        this.listener = listener;
        this.label = label;
        this.totalBytes = totalBytes;
    }

    synchronized void add(long bytes) {
        doneBytes += bytes;
        listener.onProgress(label, doneBytes, totalBytes);
    }
}
