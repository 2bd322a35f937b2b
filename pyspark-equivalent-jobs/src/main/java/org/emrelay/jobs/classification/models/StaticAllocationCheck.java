package org.emrelay.jobs.classification.models;

import java.util.Collection;
import org.apache.spark.SparkConf;
import org.emrelay.tables.UserFault;

/** Rejects XGBoost under dynamic allocation before any work is done. */
public final class StaticAllocationCheck {
    private StaticAllocationCheck() {}

    /**
     * XGBoost trains in a barrier stage, which Spark does not support with dynamic allocation.
     *
     * @param flag the option that selects these models, for the message
     */
    public static void require(SparkConf conf, String flag, Collection<ModelKind> kinds) {
        boolean isLocal = conf.get("spark.master", "").startsWith("local");
        boolean isDynamic = conf.getBoolean("spark.dynamicAllocation.enabled", false);
        if (isDynamic && !isLocal && kinds.contains(ModelKind.XGBOOST)) {
            throw new UserFault(flag + ": xgboost does not support dynamic allocation. Set"
                    + " spark.dynamicAllocation.enabled=false and the step's num_executors.");
        }
    }
}
