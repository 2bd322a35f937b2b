package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Tests what the user sees on a terminal. */
final class LiveLinesTest {
    private TerminalSize size = new TerminalSize(80, 24);
    private VirtualTerminal terminal = new VirtualTerminal(80, 24);
    private final LiveLines lines = new LiveLines(TerminalStream.over(terminalStream(), true), () -> size);

    private PrintStream terminalStream() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public void print(String text) {
                terminal.print(text);
            }

            @Override
            public PrintStream append(CharSequence text) {
                terminal.print(text.toString());
                return this;
            }
        };
    }

    private void resize(int columns, int rows) {
        size = new TerminalSize(columns, rows);
        terminal.resize(columns, rows);
    }

    private static List<String> view(int count, String text) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> text + " " + i).toList();
    }

    @Test
    void redrawsInPlaceBelowPermanentLines() {
        lines.print("first", TextStyle.PLAIN);
        lines.redraw(view(3, "running"));
        lines.redraw(view(2, "still running"));
        assertThat(terminal.lines()).containsExactly("first", "still running 1", "still running 2");

        lines.print("second", TextStyle.FAILURE);
        assertThat(terminal.lines()).containsExactly("first", "second");
    }

    @Test
    void leavesNothingBehindWhenATerminalBecomesNarrower() {
        resize(200, 12);
        lines.print("first", TextStyle.PLAIN);
        lines.redraw(view(3, "x".repeat(90)));

        resize(80, 24);
        lines.redraw(view(3, "y".repeat(60)));
        lines.clear();

        assertThat(terminal.lines()).containsExactly("first");
    }

    /** A full screen neither scrolls nor leaves lines behind. */
    @Test
    void fillsTheScreenWithoutScrolling() {
        resize(80, 12);
        lines.redraw(view(lines.mostLines(), "running"));
        lines.redraw(view(lines.mostLines(), "still running"));
        assertThat(terminal.scrolledRows()).isZero();
        lines.clear();
        assertThat(terminal.lines()).isEmpty();
    }

    /**
     * All permanent lines remain in order, and nothing else is left at the end, as long as the wrapped view still fits the screen: lines
     * that have scrolled away cannot be erased.
     */
    @RepeatedTest(200)
    void keepsPermanentLinesAndNothingElse(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    String line = "line " + i + " " + "p".repeat(random.nextInt(150));
                    lines.print(line.strip(), random.nextBoolean() ? TextStyle.PLAIN : TextStyle.FAILURE);
                    printed.add(line.strip());
                }
                case 1 -> lines.clear();
                case 2 -> resize(40 + random.nextInt(200), 30 + random.nextInt(40));
                default -> {
                    int most = Math.min(lines.mostLines(), 8);
                    lines.redraw(view(1 + random.nextInt(most), "v".repeat(random.nextInt(120))));
                }
            }
        }
        lines.clear();
        assertThat(terminal.lines()).isEqualTo(printed);
    }
}
