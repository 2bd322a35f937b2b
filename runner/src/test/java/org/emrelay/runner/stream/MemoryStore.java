package org.emrelay.runner.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps all checkpoints. */
final class MemoryStore implements StreamStore {
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private volatile boolean stopRequested;

    synchronized List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints);
    }

    synchronized Checkpoint last() {
        return checkpoints.get(checkpoints.size() - 1);
    }

    List<String> deadLetters() {
        return deadLetters;
    }

    void requestStop() {
        stopRequested = true;
    }

    @Override
    public synchronized void save(Checkpoint checkpoint) {
        checkpoints.add(checkpoint);
    }

    @Override
    public long keepDeadLetters(List<Post> posts, long length) {
        posts.forEach(post -> deadLetters.add(new String(post.line(), StandardCharsets.UTF_8)));
        return length + posts.stream().mapToLong(Post::size).sum();
    }

    @Override
    public boolean isStopRequested() {
        return stopRequested;
    }
}
