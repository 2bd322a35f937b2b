package org.emrelay.runner.diagnosis;

/** The process of a Spark application that wrote a log. */
public enum SparkProcess {
    /** The driver, or spark-submit, which reports how the driver ended. */
    DRIVER,
    EXECUTOR
}
