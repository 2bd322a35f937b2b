package org.emrelay.runner.platform;

/** Receives the progress of uploads and downloads, from several threads but never concurrently. */
public interface TransferListener {
    TransferListener NONE = (transfer, bytes, totalBytes) -> {};

    /**
     * Called when more bytes have been transferred.
     *
     * @param transfer a label such as {@code upload of jobs.jar}
     */
    void onProgress(String transfer, long bytes, long totalBytes);
}
