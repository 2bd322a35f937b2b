package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTrimmerTest {
    private static final int LIMIT = 8000;
    private static final String MARK = "[Emrelay dropped lines here, because the log was too long.]";

    private Path log;
    /** Open for appending, as the log of a process. */
    private OutputStream process;

    @BeforeEach
    void openLog(@TempDir Path directory) throws IOException {
        log = directory.resolve("stderr");
        process = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @AfterEach
    void closeLog() throws IOException {
        process.close();
    }

    @Test
    void keepsTheFirstHalfAndTheLastQuarterInWholeLines() throws IOException {
        print(0, 1000);

        assertThat(new LogTrimmer(log, LIMIT).trim()).isTrue();

        // Each line has ten bytes.
        assertThat(Files.readAllLines(log))
                .hasSize(401 + 2 + 199)
                .startsWith("line 0000", "line 0001")
                .containsSequence("line 0400", "", MARK, "line 0801")
                .endsWith("line 0998", "line 0999");
    }

    @Test
    void aProcessGoesOnAtTheEndOfTheShortenedLog() throws IOException {
        print(0, 1000);
        new LogTrimmer(log, LIMIT).trim();

        print(1000, 1002);

        assertThat(Files.readAllLines(log)).endsWith("line 0999", "line 1000", "line 1001");
    }

    @Test
    void trimsAgainAndAgain() throws IOException {
        LogTrimmer trimmer = new LogTrimmer(log, LIMIT);
        for (int from = 0; from < 9000; from += 900) {
            print(from, from + 900);
            assertThat(trimmer.trim()).isTrue();
            assertThat(Files.size(log)).isLessThanOrEqualTo(LIMIT);
        }

        List<String> lines = Files.readAllLines(log);
        assertThat(lines).startsWith("line 0000").endsWith("line 8999").containsOnlyOnce(MARK);
        assertThat(lines).containsSequence("line 0400", "", MARK);
    }

    @Test
    void leavesAShortLogAlone() throws IOException {
        print(0, 800);

        assertThat(new LogTrimmer(log, LIMIT).trim()).isFalse();

        assertThat(Files.readAllLines(log)).hasSize(800);
    }

    @Test
    void cutsAnEndlessLine() throws IOException {
        process.write("x".repeat(50_000).getBytes(StandardCharsets.UTF_8));

        assertThat(new LogTrimmer(log, LIMIT).trim()).isTrue();

        assertThat(log).hasContent("x".repeat(4000) + "\n" + MARK + "\n" + "x".repeat(2000));
    }

    @Test
    void aLogThatIsGoneIsShort() throws IOException {
        Files.delete(log);

        assertThat(new LogTrimmer(log, LIMIT).trim()).isFalse();
    }

    private void print(int from, int to) throws IOException {
        for (String line : IntStream.range(from, to)
                .mapToObj(i -> "line %04d\n".formatted(i))
                .toList()) {
            process.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}
