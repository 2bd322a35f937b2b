package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkConf;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;

class StaticAllocationCheckTest {
    private static final List<ModelKind> MODELS = List.of(ModelKind.LR, ModelKind.XGBOOST);

    @Test
    void rejectsXgboostWithDynamicAllocation() {
        assertThatThrownBy(() -> StaticAllocationCheck.require(conf("yarn", true), "--sanity", MODELS))
                .isInstanceOf(UserFault.class)
                .hasMessage("--sanity: xgboost does not support dynamic allocation. Set"
                        + " spark.dynamicAllocation.enabled=false and the step's num_executors.");
    }

    @Test
    void acceptsOtherModelsAndStaticAllocation() {
        assertThatCode(() -> {
                    StaticAllocationCheck.require(conf("yarn", false), "--models", MODELS);
                    StaticAllocationCheck.require(conf("local[2]", true), "--models", MODELS);
                    StaticAllocationCheck.require(conf("yarn", true), "--models", List.of(ModelKind.GBT));
                    StaticAllocationCheck.require(new SparkConf(false), "--models", MODELS);
                })
                .doesNotThrowAnyException();
    }

    private static SparkConf conf(String master, boolean isDynamic) {
        return new SparkConf(false)
                .set("spark.master", master)
                .set("spark.dynamicAllocation.enabled", String.valueOf(isDynamic));
    }
}
