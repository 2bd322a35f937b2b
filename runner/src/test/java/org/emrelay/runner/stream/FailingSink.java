package org.emrelay.runner.stream;

import java.util.List;

/** Fails at a write for good. */
final class FailingSink implements PostSink {
    private final BatchLimits limits;
    private final int failedWrite;
    private int writes;
    private boolean finished;

    FailingSink(BatchLimits limits, int failedWrite) {
        this.limits = limits;
        this.failedWrite = failedWrite;
    }

    boolean finished() {
        return finished;
    }

    @Override
    public BatchLimits limits() {
        return limits;
    }

    @Override
    public SinkState open(SinkState saved) {
        return saved;
    }

    @Override
    public SinkState write(List<Post> posts) {
        writes++;
        if (writes == failedWrite) {
            throw new StreamException("The bucket is gone.");
        }
        return new SinkState(Integer.toString(writes));
    }

    @Override
    public SinkState finish() {
        finished = true;
        return SinkState.NONE;
    }

    @Override
    public void close() {}
}
