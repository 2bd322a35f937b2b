package org.emrelay.runner.platform.emr.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailedFileTest {
    private static final byte[] HEAD = "head\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void printsAnEndlessLineInPartsBetweenCharacters() throws IOException {
        assertThat(print("ü".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("head", "ü".repeat(32_768), "ü".repeat(32_768), "ü".repeat(32_768), "ü".repeat(1696));
    }

    /** Bytes that only continue a character have no place to split at. */
    @Test
    void printsAnEndlessLineThatIsNotUtf8InParts() throws IOException {
        byte[] endless = new byte[200_000];
        Arrays.fill(endless, (byte) 0x80);

        assertThat(print(endless)).map(String::length).containsExactly(4, 65_539, 65_539, 65_539, 3383);
    }

    private static List<String> print(byte[] rest) throws IOException {
        List<String> lines = new ArrayList<>();
        new TailedFile(HEAD).print(HEAD, new ByteArrayInputStream(rest), true, lines::add);
        return lines;
    }
}
