package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaOptionsTest {

    @Test
    void splitsAtWhitespace() {
        assertThat(JavaOptions.split("  -Xss4m \t -Da=b\n-verbose ")).containsExactly("-Xss4m", "-Da=b", "-verbose");
    }

    @Test
    void keepsQuotedAndEscapedSpaces() {
        assertThat(JavaOptions.split("-Da=\"x y\" '-Db=\"z\\' c\\ d \"\""))
                .containsExactly("-Da=x y", "-Db=\"z\\", "c d", "");
    }

    @Test
    void anUnclosedQuoteExtendsToTheEnd() {
        assertThat(JavaOptions.split("-Da='x y")).containsExactly("-Da=x y");
    }

    @Test
    void emptyOrBlankTextHasNoOptions() {
        assertThat(JavaOptions.split("")).isEmpty();
        assertThat(JavaOptions.split("   ")).isEmpty();
    }
}
