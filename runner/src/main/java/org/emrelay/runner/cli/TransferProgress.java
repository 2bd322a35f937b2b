package org.emrelay.runner.cli;

import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;

/** Shows how far a copy to or from a bucket has come. */
final class TransferProgress implements TransferListener {
    private final Progress progress;

    TransferProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void moved(String what, long done, long all) {
        if (done < all) {
            progress.passing(what + ": " + Quantities.bytes(done) + " of " + Quantities.bytes(all));
        } else {
            progress.erase();
        }
    }
}
