package org.emrelay.runner.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue between the reader and the writer, bounded in posts and bytes. If it is full, the reader waits, and so does the source.
 *
 * <p>Filtered posts take no space in it, but their positions stay in order with the others.
 */
final class PostQueue {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final int maxPosts;
    private final long maxBytes;
    private long bytes;
    private boolean woken;
    private boolean finished;
    private boolean closed;

    PostQueue(int maxPosts, long maxBytes) {
        this.maxPosts = maxPosts;
        this.maxBytes = maxBytes;
    }

    /** A post and the number of filtered posts after it, or only filtered posts. */
    static final class Entry {
        private final @Nullable Post post;
        private Position position;
        private SourceLosses losses;
        private long filtered;

        private Entry(@Nullable Post post, Position position, SourceLosses losses, long filtered) {
            this.post = post;
            this.position = position;
            this.losses = losses;
            this.filtered = filtered;
        }

        @Nullable
        Post post() {
            return post;
        }

        /** The position after all of these posts. */
        Position position() {
            return position;
        }

        /** What the source missed or dropped up to the position. */
        SourceLosses losses() {
            return losses;
        }

        long filtered() {
            return filtered;
        }
    }

    /**
     * Waits until there is space, and adds a post. An interrupt ends the wait, but the post is still added, because it was already read.
     *
     * <p>A post that is larger than the whole queue is accepted when the queue is empty.
     */
    synchronized void put(Post post, SourceLosses losses) {
        boolean interrupted = false;
        while (!closed && !interrupted && isFullFor(post)) {
            wake();
            try {
                wait();
            } catch (InterruptedException exception) {
                interrupted = true;
            }
        }
        entries.addLast(new Entry(post, post.position(), losses, 0));
        bytes += post.size();
        if (isHalfFull()) {
            notifyAll();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isFullFor(Post post) {
        return entries.size() >= maxPosts || (!entries.isEmpty() && bytes + post.size() > maxBytes);
    }

    private boolean isHalfFull() {
        return entries.size() * 2 >= maxPosts || bytes * 2 >= maxBytes;
    }

    /** Records a post that did not match the filters. */
    synchronized void putFiltered(Position position, SourceLosses losses) {
        Entry last = entries.peekLast();
        if (last == null) {
            entries.addLast(new Entry(null, position, losses, 1));
        } else {
            last.position = position;
            last.losses = losses;
            last.filtered++;
        }
    }

    /** Takes all entries. Waits until the queue is half full, is woken or is finished, to avoid a thread switch for each post. */
    synchronized List<Entry> takeAll() throws InterruptedException {
        while (!isHalfFull() && !woken && !finished) {
            wait();
        }
        woken = false;
        List<Entry> taken = new ArrayList<>(entries);
        entries.clear();
        bytes = 0;
        notifyAll();
        return taken;
    }

    /** Wakes the writer, so that it checks the time. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Marks the end: no more posts arrive. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Ends the waits of the reader, because no more posts are taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Whether no more posts arrive and all were taken. */
    synchronized boolean isDrained() {
        return finished && entries.isEmpty();
    }
}
