package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionStringTest {

    @Test
    void blanksPartOptions() {
        assertThat(OptionString.split("  -Xss4m \t -Da=b\n-verbose ")).containsExactly("-Xss4m", "-Da=b", "-verbose");
    }

    @Test
    void quotesAndBackslashesKeepBlanks() {
        assertThat(OptionString.split("-Da=\"x y\" '-Db=\"z\\' c\\ d \"\""))
                .containsExactly("-Da=x y", "-Db=\"z\\", "c d", "");
    }

    @Test
    void anUnclosedQuoteEndsWithTheText() {
        assertThat(OptionString.split("-Da='x y")).containsExactly("-Da=x y");
    }

    @Test
    void nothingGivesNothing() {
        assertThat(OptionString.split("")).isEmpty();
        assertThat(OptionString.split("   ")).isEmpty();
    }
}
