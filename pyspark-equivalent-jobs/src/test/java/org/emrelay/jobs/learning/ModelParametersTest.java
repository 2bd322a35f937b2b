package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.apache.spark.ml.regression.GBTRegressor;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;

class ModelParametersTest {
    private final GBTRegressor model = new GBTRegressor();

    @Test
    void setsKnownParameters() {
        apply("{\"maxIter\": 7, \"stepSize\": 0.25, \"lossType\": \"absolute\", \"cacheNodeIds\": true}");

        assertThat(model.getMaxIter()).isEqualTo(7);
        assertThat(model.getStepSize()).isEqualTo(0.25);
        assertThat(model.getLossType()).isEqualTo("absolute");
        assertThat(model.getCacheNodeIds()).isTrue();
    }

    @Test
    void acceptsAnIntegerForADouble() {
        apply("{\"stepSize\": 1}");

        assertThat(model.getStepSize()).isEqualTo(1.0);
    }

    @Test
    void rejectsAFractionForAnInteger() {
        assertThatThrownBy(() -> apply("{\"maxIter\": 2.5}"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--model-params: 'maxIter' cannot be 2.5. Description: maximum number of iterations (>= 0).");
    }

    @Test
    void rejectsColumnNamesAndReservedParameters() {
        assertThatThrownBy(() -> apply("{\"seed\": 3}"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith(
                        "--model-params: gbt has no parameter 'seed'. Known parameters: cacheNodeIds, ");
        assertThatThrownBy(() -> apply("{\"labelCol\": \"late\"}"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--model-params: gbt has no parameter 'labelCol'. Known parameters: ");
    }

    @Test
    void rejectsMalformedJson() {
        assertThatThrownBy(() -> ModelParameters.parse("--model-params", "{maxIter: 3"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--model-params is not valid JSON: ")
                .hasMessageEndingWith(" in '{maxIter: 3'.");
    }

    @Test
    void givenParametersOverrideDefaults() {
        ModelParameters merged = ModelParameters.parse("--model-params", "{\"maxIter\": 3}")
                .withDefaults(ModelParameters.parse("defaults", "{\"maxIter\": 9, \"maxDepth\": 4}"));

        assertThat(merged.values()).containsOnly(entry("maxIter", "3"), entry("maxDepth", "4"));
    }

    private void apply(String json) {
        ModelParameters.parse("--model-params", json).applyTo(model, "gbt", List.of("seed"));
    }
}
