package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttemptLogTailTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private AttemptLogTail tail;

    @BeforeEach
    void createTail() {
        tail = new AttemptLogTail(directory.resolve("stderr"), new PrintStream(printed, false, StandardCharsets.UTF_8));
    }

    private void append(String log, String text) throws IOException {
        Files.writeString(directory.resolve(log), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String print(boolean ended) throws IOException {
        tail.print(ended);
        String text = printed.toString(StandardCharsets.UTF_8).replace(directory.toString(), "DIR");
        printed.reset();
        return text;
    }

    @Test
    void printsWhatIsNewOfBothLogs() throws IOException {
        assertThat(print(false)).isEmpty();
        append("stdout", "one\n");
        append("stderr", "WARN two\n");
        assertThat(print(false)).isEqualTo("""
                ==> DIR/stdout <==
                one

                ==> DIR/stderr <==
                WARN two
                """);
        assertThat(print(false)).isEmpty();
        append("stderr", "WARN three\n");
        assertThat(print(false)).isEqualTo("WARN three\n");
    }

    @Test
    void waitsForTheEndOfALineUntilTheAttemptHasEnded() throws IOException {
        append("stdout", "one\ntw");
        assertThat(print(false)).isEqualTo("==> DIR/stdout <==\none\n");
        append("stdout", "o");
        assertThat(print(false)).isEmpty();
        assertThat(print(true)).isEqualTo("two");
    }

    @Test
    void printsLinesOfAnyLength() throws IOException {
        String line = "x".repeat(200_000);
        append("stdout", line + "\n");
        assertThat(print(false)).isEqualTo("==> DIR/stdout <==\n" + line + "\n");
    }

    @Test
    void goesOnAfterALogHasLostItsMiddle() throws IOException {
        append("stdout", "one\ntwo\n");
        print(false);
        Files.writeString(directory.resolve("stdout"), "one\n");
        assertThat(print(false)).isEmpty();
        append("stdout", "three\n");
        assertThat(print(false)).isEqualTo("three\n");
    }
}
