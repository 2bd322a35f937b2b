package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LastLinesTest {
    private static List<String> lastLines(String log) throws IOException {
        return CauseFinder.lastLines(
                new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), line -> line.replace("hush", "****"));
    }

    @Test
    void keepsTheLastTenLinesThatAreNotBlank() throws IOException {
        String log = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> "line " + i + "\n \n")
                .collect(Collectors.joining());

        assertThat(lastLines(log)).hasSize(10).startsWith("line 21").endsWith("line 30");
    }

    @Test
    void keepsIndentationAndMasksSecrets() throws IOException {
        assertThat(lastLines("Traceback:\n    password = 'hush'\n"))
                .containsExactly("Traceback:", "    password = '****'");
    }

    @Test
    void showsNoControlCharactersAndCutsLongLines() throws IOException {
        assertThat(lastLines("\u001b[31mred\u001b[0m\u0007\n" + "x".repeat(2000)))
                .containsExactly("red", "x".repeat(500) + "…");
    }

    @Test
    void isEmptyWithoutText() throws IOException {
        assertThat(lastLines("\n \n")).isEmpty();
    }
}
