package org.emrelay.jobs.classification.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.ml.classification.RandomForestClassifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSubsetTest {

    @ParameterizedTest
    @CsvSource({"all, 50", "sqrt, 8", "log2, 6", "onethird, 17", "0.3, 15", "1.0, 50", "1, 1", "7, 7", "99, 50"})
    void countsFeaturesAsSparkDoes(String strategy, int size) {
        // Spark accepts each of them.
        assertThat(new RandomForestClassifier()
                        .setFeatureSubsetStrategy(strategy)
                        .getFeatureSubsetStrategy())
                .isEqualTo(strategy);

        assertThat(FeatureSubset.size(strategy, 50)).isEqualTo(size);
    }
}
