package org.emrelay.runner.platform;

/** Hears how far a copy to or from elsewhere has come; several threads tell it, one at a time. */
public interface TransferListener {
    TransferListener NONE = (what, done, all) -> {};

    /**
     * More bytes have arrived.
     *
     * @param what such as {@code upload of jobs.jar}
     * @param done how many so far
     * @param all how many there are
     */
    void moved(String what, long done, long all);
}
