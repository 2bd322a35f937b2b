package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LogLinesTest {
    /** Records lines, and skipped ones as their number. */
    private static final class RecordedLines implements LineListener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void accept(String line) {
            lines.add(line);
        }

        @Override
        public void skip(long count) {
            lines.add("skipped " + count);
        }
    }

    private static List<String> lines(String log, int block, int head, int tail) throws IOException {
        return lines(log, UnaryOperator.identity(), block, head, tail);
    }

    private static List<String> lines(String log, UnaryOperator<String> mask, int block, int head, int tail)
            throws IOException {
        RecordedLines recorded = new RecordedLines();
        new LogLines(recorded, mask, block, head, tail).read(SampleLog.utf8(log));
        return recorded.lines;
    }

    @Test
    void readsAllOfAShortLog() throws IOException {
        assertThat(lines("", 4, 1, 1)).isEmpty();
        assertThat(lines("a", 4, 1, 1)).containsExactly("a");
        assertThat(lines("a\n\nb\n", 4, 1, 1)).containsExactly("a", "", "b");
        assertThat(lines("abcd", 4, 1, 1)).containsExactly("abcd");
        assertThat(lines("abc\ndef\n", 4, 1, 1)).containsExactly("abc", "def");
    }

    @Test
    void readsTheBeginningAndTheEndOfALongLog() throws IOException {
        assertThat(lines("one\n2\n3\n4\n5\n6\nend\n", 4, 1, 2)).containsExactly("one", "skipped 4", "6", "end");
    }

    @Test
    void skipsThePartsOfLinesAtTheGap() throws IOException {
        assertThat(lines("one and a half|\n2\n3\n4 and a half\n5\n", 4, 2, 2))
                .containsExactly("one and ", "skipped 3", "5");
    }

    @Test
    void anEndlessLineIsTruncated() throws IOException {
        assertThat(lines("x".repeat(100_000) + "\nend", 1000, 200, 1))
                .containsExactly("x".repeat(LineText.MAX_LENGTH), "end");
        assertThat(lines("x".repeat(100_000), 1000, 2, 2)).containsExactly("x".repeat(2000), "skipped 0");
    }

    @Test
    void masksALineBeforeItIsTruncated() throws IOException {
        String start = "x".repeat(LineText.MAX_LENGTH - 2);

        assertThat(lines(start + "hush\nhush", line -> line.replace("hush", "*"), 1000, 200, 1))
                .isEqualTo(List.of(start + "*", "*"));
    }

    @Test
    void keepsTheLastPartOfALineThatOverwritesItself() throws IOException {
        String bar = "\r[Stage 1:>  (0 + 1) / 1]".repeat(1000);

        assertThat(lines(bar + "\r\nend\r\n", 1000, 100, 1)).containsExactly("[Stage 1:>  (0 + 1) / 1]", "end");
    }

    /** Where blocks end makes no difference. */
    @Property(tries = 500)
    void splitsLinesAnywhere(
            @ForAll @Chars({'a', 'b', 'ü', '\n', '\r', '\u0085'}) String log,
            @ForAll @IntRange(min = 4, max = 9) int block)
            throws IOException {
        List<String> expected = new ArrayList<>(List.of(log.split("\n", -1)));
        if (expected.get(expected.size() - 1).isEmpty()) {
            expected.remove(expected.size() - 1);
        }
        expected.replaceAll(LineText::visible);

        assertThat(lines(log, block, 100, 1)).isEqualTo(expected);
    }
}
