package org.emrelay.runner.stream;

/**
 * The most that a sink takes at once.
 *
 * @param posts in a batch
 * @param bytes in a batch, line breaks included
 * @param postBytes of one post; larger ones become dead letters
 */
public record BatchLimits(int posts, int bytes, int postBytes) {
    public BatchLimits {
        if (posts < 1 || postBytes < 1 || bytes < postBytes) {
            throw new IllegalArgumentException(posts + " posts, " + bytes + " bytes, " + postBytes + " bytes a post");
        }
    }
}
