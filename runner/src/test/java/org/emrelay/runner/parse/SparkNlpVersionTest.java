package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.runner.model.EmrRelease;
import org.junit.jupiter.api.Test;

final class SparkNlpVersionTest {
    @Test
    void findsSparkNlpAmongOtherPackages() {
        assertThat(SparkNlpVersion.findIn("a:b:1.0, com.johnsnowlabs.nlp:spark-nlp-gpu_2.12:4.4.1"))
                .contains(new SparkNlpVersion("com.johnsnowlabs.nlp:spark-nlp-gpu_2.12:4.4.1", 4, 4));
        assertThat(SparkNlpVersion.findIn("org.example:spark-nlp_2.12:3.1.0")).isEmpty();
        assertThat(SparkNlpVersion.findIn("")).isEmpty();
    }

    @Test
    void versionsBefore52AreTooOldForSpark35() {
        assertThat(isTooOld("3.1.0", EmrRelease.DEFAULT)).isTrue();
        assertThat(isTooOld("5.1.4", EmrRelease.DEFAULT)).isTrue();
        assertThat(isTooOld("5.2.0", EmrRelease.DEFAULT)).isFalse();
        assertThat(isTooOld("6.0.0", EmrRelease.DEFAULT)).isFalse();
        assertThat(isTooOld("3.1.0", EmrRelease.parse("emr-6.2.0").orElseThrow()))
                .isFalse();
    }

    private static boolean isTooOld(String version, EmrRelease release) {
        return SparkNlpVersion.findIn("com.johnsnowlabs.nlp:spark-nlp_2.12:" + version)
                .orElseThrow()
                .isTooOldFor(release);
    }
}
