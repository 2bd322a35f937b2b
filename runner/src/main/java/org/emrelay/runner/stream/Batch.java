package org.emrelay.runner.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts that are written together, and the number of filtered posts between them. */
final class Batch {
    private final BatchLimits limits;
    private final List<Post> posts = new ArrayList<>();
    private final List<Post> deadLetters = new ArrayList<>();
    private long bytes;
    private long deadBytes;
    private long filtered;
    private @Nullable Position position;
    private SourceLosses losses = SourceLosses.NONE;

    Batch(BatchLimits limits) {
        this.limits = limits;
    }

    boolean isEmpty() {
        return position == null;
    }

    /** Whether an entry can be added without exceeding a limit of the sink. */
    boolean fits(PostQueue.Entry entry) {
        Post post = entry.post();
        return post == null
                || isEmpty()
                || (posts.size() + deadLetters.size() < limits.posts()
                        && bytes + deadBytes + post.size() <= limits.bytes());
    }

    void add(PostQueue.Entry entry) {
        Post post = entry.post();
        if (post != null && post.size() > limits.postBytes()) {
            deadLetters.add(post);
            deadBytes += post.size();
        } else if (post != null) {
            posts.add(post);
            bytes += post.size();
        }
        filtered += entry.filtered();
        position = entry.position();
        losses = entry.losses();
    }

    List<Post> posts() {
        return posts;
    }

    List<Post> deadLetters() {
        return deadLetters;
    }

    /** The size of all posts that were in the queue. */
    long queuedBytes() {
        return bytes + deadBytes;
    }

    int queuedPosts() {
        return posts.size() + deadLetters.size();
    }

    /**
     * Adds the posts of this batch to the counts.
     *
     * @param before the losses before the start
     */
    Counts addTo(Counts counts, SourceLosses before) {
        return counts.plus(filtered, posts.size(), deadLetters.size(), bytes).withLosses(before.plus(losses));
    }

    /** The position after the last post. */
    @Nullable
    Position position() {
        return position;
    }
}
