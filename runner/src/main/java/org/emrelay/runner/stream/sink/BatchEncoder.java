package org.emrelay.runner.stream.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.stream.Post;

/** Encodes a batch for a file: as lines, or as a gzip member of lines. */
final class BatchEncoder {
    private static final int BUFFER = 1 << 16;

    private BatchEncoder() {}

    /** Nearly twice as fast as zlib's default level, with 10 % more bytes. */
    private static final class FastGzip extends GZIPOutputStream {
        private static final int LEVEL = 4;

        private FastGzip(OutputStream target) throws IOException {
            super(target, BUFFER);
            def.setLevel(LEVEL);
        }
    }

    static byte[] encode(List<Post> posts, Compression compression) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(BUFFER);
        try (OutputStream target = compression == Compression.GZIP ? new FastGzip(content) : content) {
            for (Post post : posts) {
                target.write(post.line());
                target.write('\n');
            }
        }
        return content.toByteArray();
    }
}
