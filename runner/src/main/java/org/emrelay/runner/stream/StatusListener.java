package org.emrelay.runner.stream;

/** Receives the status of a stream once a second, and when it has ended. Calls come from one thread at a time. */
public interface StatusListener {
    void updated(StreamStatus status);
}
