package org.emrelay.runner.platform.emr.log;

/** Receives the lines of logs as they arrive. */
public interface LogListener {

    /**
     * Receives one line, without its terminator.
     *
     * @param uri the log that contains the line; lines of several logs may alternate
     */
    void line(String uri, String line);
}
