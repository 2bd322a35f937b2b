package org.emrelay.runner.platform.aws.s3;

import org.emrelay.runner.platform.TransferListener;

/** Adds up what the threads of one copy have moved. */
final class TransferCounter {
    private final TransferListener listener;
    private final String what;
    private final long all;
    private long done;

    TransferCounter(TransferListener listener, String what, long all) {
        this.listener = listener;
        this.what = what;
        this.all = all;
    }

    synchronized void moved(long bytes) {
        done += bytes;
        listener.moved(what, done, all);
    }
}
