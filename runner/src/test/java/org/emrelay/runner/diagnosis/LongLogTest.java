package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The cause in logs of steps that print for hours. */
final class LongLogTest {
    private static final String CAUSE = """
            Exception in thread "main" java.lang.IllegalStateException: no titles
            \tat Words.main(Words.java:1)
            """;

    /** 10 GB, and a tenth without -Pexhaustive: nothing depends on the size beyond the 80 MiB that are searched. */
    private static final long LONG = Boolean.getBoolean("test.exhaustive") ? 10_000_000_000L : 1_000_000_000L;

    private static final String LINE =
            "26/11/29 03:45:12 INFO Words: processed one more of many, many titles of all books in the library ...\n";

    private static Optional<Cause> find(InputStream... parts) throws IOException {
        InputStream log = new ByteArrayInputStream(new byte[0]);
        for (InputStream part : parts) {
            log = new SequenceInputStream(log, part);
        }
        return SampleLog.find(log);
    }

    @Test
    void findsTheCauseAtTheEndOfGigabytes() throws IOException {
        int lines = Math.toIntExact(LONG / LINE.length());

        assertThat(find(new RepeatedText(LINE, LONG), SampleLog.utf8(CAUSE)))
                .contains(new Cause("java.lang.IllegalStateException: no titles", lines + 1, lines + 2, ""));
    }

    @Test
    void findsTheCauseAtTheBeginning() throws IOException {
        assertThat(find(SampleLog.utf8(CAUSE), new RepeatedText(LINE, 200_000_000)))
                .contains(new Cause("java.lang.IllegalStateException: no titles", 1, 2, ""));
    }

    /** 50 MB from the beginning, and 100 MB from the end. */
    @Test
    void doesNotSearchTheMiddle() throws IOException {
        assertThat(find(new RepeatedText(LINE, 50_000_000), SampleLog.utf8(CAUSE), new RepeatedText(LINE, 100_000_000)))
                .isEmpty();
    }

    @Test
    void readsOneEndlessLine() throws IOException {
        assertThat(find(new RepeatedText("x", 300_000_000))).isEmpty();
        assertThat(find(new RepeatedText("x", 300_000_000), SampleLog.utf8("\n" + CAUSE)))
                .contains(new Cause("java.lang.IllegalStateException: no titles", 2, 3, ""));
    }

    @Test
    void doesNotJoinTheLinesBeforeAndAfterTheGap() throws IOException {
        String line = "x".repeat(99) + "\n";

        assertThat(find(
                        SampleLog.utf8("y".repeat(80) + "\n"),
                        new RepeatedText(line, 16_777_100),
                        SampleLog.utf8("Traceback (most recent call last):\n"),
                        new RepeatedText(line, 100_000_000)))
                .isEmpty();
    }
}
