package org.emrelay.runner.stream;

/**
 * The largest batch that a sink accepts.
 *
 * @param posts the maximum number of posts
 * @param bytes the maximum size of all posts, line breaks included
 * @param postBytes the maximum size of one post; larger ones become dead letters
 */
public record BatchLimits(int posts, int bytes, int postBytes) {
    public BatchLimits {
        if (posts < 1 || postBytes < 1 || bytes < postBytes) {
            throw new IllegalArgumentException(posts + " posts, " + bytes + " bytes, " + postBytes + " bytes a post");
        }
    }
}
