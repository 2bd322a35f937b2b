package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelTest {

    @Test
    void leavesOrdinaryWordsAsTheyAre() {
        assertThat(Label.of("moon")).isEqualTo("moon");
        assertThat(Label.of("a".repeat(40))).isEqualTo("a".repeat(40));
    }

    @Test
    void cutsLongWordsBetweenLetters() {
        assertThat(Label.of("e\u0301".repeat(100))).isEqualTo("e\u0301".repeat(39) + "…");
        assertThat(Label.of("𠮷".repeat(100))).isEqualTo("𠮷".repeat(39) + "…");
    }

    @Test
    void keepsAWordOnOneLine() {
        assertThat(Label.of(" new\nline\u0000\ttab ")).isEqualTo("new line tab");
    }
}
