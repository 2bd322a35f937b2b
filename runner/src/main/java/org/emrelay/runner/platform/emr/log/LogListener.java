package org.emrelay.runner.platform.emr.log;

/** Is told a log's lines as they come. */
public interface LogListener {

    /**
     * Hears one line, without its end.
     *
     * @param uri of the log that the line stands in; lines of several logs alternate
     */
    void line(String uri, String line);
}
