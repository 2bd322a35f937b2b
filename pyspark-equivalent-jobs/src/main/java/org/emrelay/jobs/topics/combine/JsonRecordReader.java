package org.emrelay.jobs.topics.combine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the lines that begin before a position. */
final class JsonRecordReader implements RecordReader {
    private final LineReader lines;
    private final JsonPosts posts;
    private final long end;
    private @Nullable String line;

    JsonRecordReader(LineReader lines, @Nullable String firstLine, JsonPosts posts, long end) {
        this.lines = lines;
        this.line = firstLine;
        this.posts = posts;
        this.end = end;
    }

    @Override
    public @Nullable Found next() throws IOException {
        while (true) {
            String next = line;
            line = null;
            if (next == null) {
                next = lines.position() < end ? lines.next() : null;
            }
            if (next == null) {
                return null;
            } else if (!next.isBlank()) {
                return new Found(lines.position(), next, posts.parse(next));
            }
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
