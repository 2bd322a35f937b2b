package org.emrelay.runner.stream;

/** Receives the status of a stream once per second, and when it has ended. Called by one thread at a time. */
public interface StatusListener {
    void updated(StreamStatus status);
}
