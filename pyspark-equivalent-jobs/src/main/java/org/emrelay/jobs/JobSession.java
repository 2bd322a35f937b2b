package org.emrelay.jobs;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Creates the SparkSession of a job. */
public final class JobSession {
    private static final String REGISTRATORS = "spark.kryo.registrator";

    private JobSession() {}

    /**
     * Adds {@link JobRegistrator} to the registrators in the settings of spark-submit, so that a job also works where
     * these choose Kryo. A session that already exists keeps its serializer.
     */
    public static SparkSession getOrCreate() {
        return SparkSession.builder()
                .config(REGISTRATORS, registrators(new SparkConf().get(REGISTRATORS, "")))
                .getOrCreate();
    }

    static String registrators(String given) {
        String own = JobRegistrator.class.getName();
        return given.isBlank() ? own : given + "," + own;
    }
}
