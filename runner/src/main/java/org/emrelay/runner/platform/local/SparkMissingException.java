package org.emrelay.runner.platform.local;

/** No compatible Spark or pyspark was found; the message contains the remedy. */
public final class SparkMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    SparkMissingException(String message) {
        super(message);
    }
}
