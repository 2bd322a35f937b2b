package org.emrelay.jobs.classification.models;

import java.util.Collection;
import org.apache.spark.SparkConf;
import org.emrelay.jobs.UserFault;

/** What XGBoost trains on: whether it will be there is found out by whoever fits models, before any work is done. */
public final class FixedExecutors {
    private FixedExecutors() {}

    /**
     * Its training is a barrier stage, which Spark refuses where executors come and go.
     *
     * @param flag that asks for these models
     */
    public static void require(SparkConf conf, String flag, Collection<ModelKind> kinds) {
        boolean isLocal = conf.get("spark.master", "").startsWith("local");
        boolean isDynamic = conf.getBoolean("spark.dynamicAllocation.enabled", false);
        if (isDynamic && !isLocal && kinds.contains(ModelKind.XGBOOST)) {
            throw new UserFault(flag + ": xgboost trains on executors that are all there from the beginning; set"
                    + " spark.dynamicAllocation.enabled=false and the step's num_executors.");
        }
    }
}
