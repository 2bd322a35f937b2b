package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkConf;
import org.emrelay.jobs.UserFault;
import org.junit.jupiter.api.Test;

class FixedExecutorsTest {
    private static final List<ModelKind> MODELS = List.of(ModelKind.LR, ModelKind.XGBOOST);

    @Test
    void xgboostIsRefusedWhereExecutorsComeAndGo() {
        assertThatThrownBy(() -> FixedExecutors.require(conf("yarn", true), "--sanity", MODELS))
                .isInstanceOf(UserFault.class)
                .hasMessage("--sanity: xgboost trains on executors that are all there from the beginning; set"
                        + " spark.dynamicAllocation.enabled=false and the step's num_executors.");
    }

    @Test
    void allElseMayBeFitted() {
        assertThatCode(() -> {
                    FixedExecutors.require(conf("yarn", false), "--models", MODELS);
                    FixedExecutors.require(conf("local[2]", true), "--models", MODELS);
                    FixedExecutors.require(conf("yarn", true), "--models", List.of(ModelKind.GBT));
                    FixedExecutors.require(new SparkConf(false), "--models", MODELS);
                })
                .doesNotThrowAnyException();
    }

    private static SparkConf conf(String master, boolean isDynamic) {
        return new SparkConf(false)
                .set("spark.master", master)
                .set("spark.dynamicAllocation.enabled", String.valueOf(isDynamic));
    }
}
