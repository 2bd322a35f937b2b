package org.emrelay.jobs.topics.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WordFileTest {

    @Test
    void readsOneEntryPerLine() {
        assertThat(WordFile.parse(
                        "\uFEFFgod\r\n\n  white  house \n# a comment\n#\n## Section\n#giveaway\n@spam\ngod\n"))
                .containsExactly("god", "white  house", "#giveaway", "@spam");
        assertThat(WordFile.parse("")).isEmpty();
    }
}
