package org.emrelay.runner.platform.local;

/** There is no Spark, or none that fits, to run steps on; the message tells a person what to do. */
public final class SparkMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    SparkMissingException(String message) {
        super(message);
    }
}
