package org.emrelay.runner.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps the batches. The state is their number. */
final class MemorySink implements PostSink {
    private final BatchLimits limits;
    private final List<List<String>> batches = new ArrayList<>();
    private SinkState opened = SinkState.NONE;
    private boolean finished;

    MemorySink(BatchLimits limits) {
        this.limits = limits;
    }

    MemorySink() {
        this(new BatchLimits(1_000, 1 << 20, 1 << 20));
    }

    synchronized List<List<String>> batches() {
        return List.copyOf(batches);
    }

    SinkState opened() {
        return opened;
    }

    boolean isFinished() {
        return finished;
    }

    @Override
    public BatchLimits limits() {
        return limits;
    }

    @Override
    public SinkState open(SinkState saved) {
        opened = saved;
        return saved;
    }

    @Override
    public synchronized SinkState write(List<Post> posts) throws InterruptedException {
        batches.add(posts.stream()
                .map(post -> new String(post.line(), StandardCharsets.UTF_8))
                .toList());
        return new SinkState(batches.size() + " batches");
    }

    @Override
    public SinkState finish() {
        finished = true;
        return new SinkState(batches.size() + " batches, finished");
    }

    @Override
    public void close() {}
}
