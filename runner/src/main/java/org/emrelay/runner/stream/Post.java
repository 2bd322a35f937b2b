package org.emrelay.runner.stream;

import java.util.Objects;

/**
 * A post as its source sent it.
 *
 * @param line a JSON object in UTF-8, without a line break; never changed
 * @param position the position of the source after this post
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Post(byte[] line, Position position) {
    public Post {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(position, "position");
    }

    /** The size of the post in a sink, including its line break. */
    public int size() {
        return line.length + 1;
    }
}
