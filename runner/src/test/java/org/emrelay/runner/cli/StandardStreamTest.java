package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is printed to a full disk is lost: the command must not end as if it were not. */
final class StandardStreamTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aCommandWhoseOutputIsLostFails() throws IOException {
        assumeThat(Path.of("/dev/full")).exists();
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            StandardStream output = new StandardStream(full);
            output.printer().println("plan");

            assertThat(code(0, output)).isEqualTo(4);
            assertThat(err).hasToString("Cannot write to standard output: No space left on device.\n");
            assertThat(code(1, output)).isEqualTo(1);
        }
    }

    @Test
    void aReaderMayCloseThePipe() {
        StandardStream output = new StandardStream(new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        output.printer().println("plan");

        assertThat(code(0, output)).isZero();
        assertThat(err).hasToString("");
    }

    @Test
    void printsUtf8() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        StandardStream output = new StandardStream(written);
        output.printer().print("wörter");

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("wörter");
        assertThat(code(0, output)).isZero();
    }

    private int code(int code, StandardStream output) {
        return Main.withOutput(code, output, new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
