package org.emrelay.jobs.topics.combine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineReaderTest {
    @TempDir
    private Path directory;

    private static List<String> lines(byte[] bytes) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(bytes), 0);
        List<String> lines = new ArrayList<>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        assertThat(reader.position()).isEqualTo(bytes.length);
        return lines;
    }

    @Test
    void endsLinesAtLineFeedsOnly() throws IOException {
        assertThat(lines("\uFEFFa\rb\r\n\nc\u2028d\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("a\rb", "", "c\u2028d");
        assertThat(lines("last without an end".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("last without an end");
        assertThat(lines(new byte[0])).isEmpty();
    }

    @Test
    void truncatesALineThatIsTooLong() throws IOException {
        String start = "x".repeat(LineReader.MAX_BYTES);

        assertThat(lines((start + "yy\nz").getBytes(StandardCharsets.UTF_8))).containsExactly(start, "z");
    }

    /** Wherever a file is split, each line is read exactly once. */
    @Test
    void splitsAFileAnywhere() throws IOException {
        Path file =
                Files.writeString(directory.resolve("posts.json"), "{\"a\":1}\n\n{\"b\":2}\r\n{\"c\":3}\n{\"d\":4}");
        long size = Files.size(file);
        PostInput input = new PostInput("auto", PostColumns.KNOWN);

        for (long middle = 1; middle < size; middle++) {
            List<String> read = new ArrayList<>();
            for (PostSplit split : List.of(
                    new PostSplit(0, file.toString(), 0, middle),
                    new PostSplit(0, file.toString(), middle, Long.MAX_VALUE))) {
                try (RecordReader reader = input.open(split, new Configuration())) {
                    for (RecordReader.Found found = reader == null ? null : reader.next();
                            reader != null && found != null;
                            found = reader.next()) {
                        read.add(found.text());
                    }
                }
            }
            assertThat(read)
                    .as("divided at " + middle)
                    .containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}", "{\"d\":4}");
        }
    }
}
