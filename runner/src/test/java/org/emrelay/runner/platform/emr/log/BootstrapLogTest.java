package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapLogTest {

    @Test
    void keepsTheLastTwentyLines() throws IOException {
        assertThat(lastLines("one\ntwo\n")).isEqualTo("one\ntwo");
        assertThat(lastLines(lines(1, 5000))).isEqualTo(lines(4981, 5000));
    }

    @Test
    void keepsTheEndOfALogWhoseLengthIsAMultipleOfTheBuffer() throws IOException {
        for (int length : new int[] {8191, 8192, 8193, 16_383, 16_384, 16_385, 24_576}) {
            assertThat(lastLines("x".repeat(length - 3) + "end"))
                    .hasSize(Math.min(length, 8192))
                    .endsWith("xend");
        }
    }

    /** A node's log may be anything: 20 GB unzip from 20 MB. */
    @Test
    void readsAnEndlessLineInConstantMemory() throws IOException {
        InputStream endless = new InputStream() {
            private long remaining = 1L << 30;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int count = (int) Math.min(remaining, length);
                remaining -= count;
                Arrays.fill(target, offset, offset + count, (byte) 'x');
                return count == 0 && length > 0 ? -1 : count;
            }
        };

        assertThat(BootstrapLog.lastLines(endless)).isEqualTo("x".repeat(8192));
    }

    private static String lastLines(String log) throws IOException {
        return BootstrapLog.lastLines(new ByteArrayInputStream(log.getBytes(UTF_8)));
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    }
}
