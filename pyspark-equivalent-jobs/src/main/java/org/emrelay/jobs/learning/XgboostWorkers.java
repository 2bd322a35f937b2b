package org.emrelay.jobs.learning;

import org.apache.spark.SparkContext;
import org.apache.spark.ml.param.Params;

/** Configures the workers that train an XGBoost model. */
public final class XgboostWorkers {
    private static final String LOOPBACK = "127.0.0.1";

    private XgboostWorkers() {}

    /**
     * Configures the workers of an estimator.
     *
     * @param model an estimator of XGBoost
     */
    public static void configure(Params model, SparkContext spark) {
        // XGBoost runs all workers in one barrier stage: at most one per executor, and one in local mode.
        set(model, "numWorkers", spark.getConf().getInt("spark.executor.instances", 1));
        // A barrier stage rejects some RDD lineages even if the partition count fits.
        set(model, "forceRepartition", true);
        if (spark.isLocal()) {
            // The tracker, through which workers find each other, knows no authentication.
            set(model, "rabitTrackerHostIp", LOOPBACK);
        }
    }

    private static void set(Params model, String name, Object value) {
        model.set(model.getParam(name), value);
    }
}
