package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BandingTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.6, 0.69, 0.7, 0.8, 0.9, 0.99})
    void findsTextsAtTheThreshold(double similarity) {
        Banding banding = Banding.of(similarity);

        assertThat(banding.probability(similarity)).isGreaterThanOrEqualTo(0.95);
        assertThat(banding.hashTables()).isLessThan(40);
    }

    @Test
    void rarelyComparesDissimilarTexts() {
        Banding banding = Banding.of(0.8);

        assertThat(banding).isEqualTo(new Banding(3, 5));
        assertThat(banding.probability(0.1)).isLessThan(0.01);
    }

    @Test
    void theKeyOfABandDependsOnlyOnItsOwnValues() {
        Banding banding = new Banding(2, 2);
        List<Vector> hashes = hashes(1, 2, 1, 2);

        assertThat(banding.key(0, hashes)).isEqualTo(banding.key(0, hashes(1, 2, 8, 9)));
        assertThat(banding.key(0, hashes)).isNotEqualTo(banding.key(0, hashes(2, 1, 1, 2)));
        assertThat(banding.key(1, hashes)).isNotEqualTo(banding.key(0, hashes));
    }

    private static List<Vector> hashes(double... values) {
        return Arrays.stream(values)
                .mapToObj(value -> Vectors.dense(value, new double[0]))
                .toList();
    }
}
