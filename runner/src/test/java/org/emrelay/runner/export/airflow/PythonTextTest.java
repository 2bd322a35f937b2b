package org.emrelay.runner.export.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.export.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PythonTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "it's, \"it's\"",
                "a\"b\\c, \"a\\\"b\\\\c\"",
                "{a} {{b}}, \"{a} {{ '{{' }}b}}\"",
                "{% if %} {# x, \"{{ '{%' }} if %} {{ '{#' }} x\"",
            })
    void escapesWhatPythonAndJinjaWouldTakeForTheirOwn(String text, String python) {
        assertThat(PythonText.of(text, 0)).isEqualTo(python);
    }

    /** Jinja drops a last line feed, and replaces carriage returns. */
    @Test
    void keepsTheEndsOfLines() {
        assertThat(PythonText.of("a\n\n", 0)).isEqualTo("\"a\\n{{ '\\\\n' }}\"");
        assertThat(PythonText.of("a\r\nb", 0)).isEqualTo("\"a{{ '\\\\r' }}\\nb\"");
        assertThat(PythonText.of("\u0000\t\u2028é😀", 0)).isEqualTo("\"\\u0000\\t\\u2028é😀\"");
    }

    @Test
    void referencesAreVariables() {
        assertThat(PythonText.of(Reference.BUCKET.token(), 0)).isEqualTo("BUCKET");
        assertThat(PythonText.of("s3://" + Reference.BUCKET.token() + "/{x}", 0))
                .isEqualTo("f\"s3://{BUCKET}/{{x}}\"");
        assertThat(PythonText.of(List.of(Reference.SUBNETS.token()), 0)).isEqualTo("SUBNETS");
    }

    @Test
    void shortListsTakeALine() {
        assertThat(PythonText.of(Map.of("a", Arrays.asList(1, true, null, List.of(), Map.of())), 0))
                .isEqualTo("{\"a\": [1, True, None, [], {}]}");
        assertThat(PythonText.of(List.of("x".repeat(100), "y"), 4)).isEqualTo("""
                [
                        "%s",
                        "y",
                    ]""".formatted("x".repeat(100)));
    }
}
