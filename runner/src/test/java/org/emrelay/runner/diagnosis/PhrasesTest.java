package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PhrasesTest {
    private static final Phrases PHRASES = Phrases.of("Killed", "oom-kill", "abc");

    @Test
    void findsAPhraseAtAnyIndexInAnyCase() {
        for (String before : new String[] {"", "x", "xx", "ü", "€x", "K"}) {
            assertThat(PHRASES.occurIn(before + "Killed")).as(before).isTrue();
            assertThat(PHRASES.occurIn(before + "kILLED by")).as(before).isTrue();
            assertThat(PHRASES.occurIn(before + "abc")).as(before).isTrue();
            assertThat(PHRASES.occurIn(before + "abd")).as(before).isFalse();
        }
    }

    @Test
    void findsNothingInOtherTexts() {
        assertThat(PHRASES.occurIn("")).isFalse();
        assertThat(PHRASES.occurIn("a")).isFalse();
        assertThat(PHRASES.occurIn("Kille")).isFalse();
        assertThat(PHRASES.occurIn("Ŋilled oom kill")).isFalse();
    }

    @Test
    void refusesAPhraseThatItCouldMiss() {
        assertThatThrownBy(() -> Phrases.of("ab"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("too short: ab");
    }
}
