package org.emrelay.runner.platform.emr.workspace;

import org.emrelay.runner.platform.TransferListener;

/** Adds up what the threads of one copy have moved. */
final class Transfer {
    private final TransferListener listener;
    private final String what;
    private final long all;
    private long done;

    Transfer(TransferListener listener, String what, long all) {
        this.listener = listener;
        this.what = what;
        this.all = all;
    }

    synchronized void moved(long bytes) {
        done += bytes;
        listener.moved(what, done, all);
    }
}
