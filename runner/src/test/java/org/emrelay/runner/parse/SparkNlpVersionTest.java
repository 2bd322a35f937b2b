package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.runner.model.EmrRelease;
import org.junit.jupiter.api.Test;

final class SparkNlpVersionTest {
    @Test
    void itIsFoundAmongOtherPackages() {
        assertThat(SparkNlpVersion.in("a:b:1.0, com.johnsnowlabs.nlp:spark-nlp-gpu_2.12:4.4.1"))
                .contains(new SparkNlpVersion("com.johnsnowlabs.nlp:spark-nlp-gpu_2.12:4.4.1", 4, 4));
        assertThat(SparkNlpVersion.in("org.example:spark-nlp_2.12:3.1.0")).isEmpty();
        assertThat(SparkNlpVersion.in("")).isEmpty();
    }

    @Test
    void only52AndLaterRunOnSpark35() {
        assertThat(tooOld("3.1.0", EmrRelease.DEFAULT)).isTrue();
        assertThat(tooOld("5.1.4", EmrRelease.DEFAULT)).isTrue();
        assertThat(tooOld("5.2.0", EmrRelease.DEFAULT)).isFalse();
        assertThat(tooOld("6.0.0", EmrRelease.DEFAULT)).isFalse();
        assertThat(tooOld("3.1.0", EmrRelease.parse("emr-6.2.0").orElseThrow())).isFalse();
    }

    private static boolean tooOld(String version, EmrRelease release) {
        return SparkNlpVersion.in("com.johnsnowlabs.nlp:spark-nlp_2.12:" + version)
                .orElseThrow()
                .tooOldFor(release);
    }
}
