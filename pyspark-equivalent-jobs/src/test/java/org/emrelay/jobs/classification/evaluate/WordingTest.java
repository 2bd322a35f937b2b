package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.jobs.learning.Confusion;
import org.junit.jupiter.api.Test;

class WordingTest {
    private final Wording words = new Wording("users", "leave");

    @Test
    void saysInAHundredsAndTensWhatAModelIsWorth() {
        assertThat(words.worth(new Confusion(61, 39, 300, 26)))
                .isEqualTo("Of 100 users that the model names, 61 leave; of 10 users that leave, it finds 7.");
    }

    @Test
    void saysSoWhereAModelNamesNobody() {
        assertThat(words.worth(new Confusion(0, 0, 1_200, 34))).isEqualTo("The model names none of the 1,234 users.");
    }

    @Test
    void countsOutAConfusion() {
        assertThat(words.counted(new Confusion(61, 39, 300, 26)))
                .isEqualTo(
                        "87 of the 426 users leave. The model names 100: 61 rightly, 39 in vain. It misses 26, and rightly"
                                + " leaves alone 300.");
    }
}
