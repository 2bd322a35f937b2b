package org.emrelay.runner.service;

import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;

/** Reports the progress of uploads and downloads. */
final class TransferProgress implements TransferListener {
    private final Progress progress;

    TransferProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void onProgress(String what, long done, long all) {
        if (done < all) {
            progress.status(what + ": " + Quantities.bytes(done) + " of " + Quantities.bytes(all));
        } else {
            progress.clear();
        }
    }
}
