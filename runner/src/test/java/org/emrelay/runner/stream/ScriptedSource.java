package org.emrelay.runner.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Delivers posts, and does other steps between them, in the order of the script. The position is the number of posts. */
final class ScriptedSource implements PostSource {
    private final Deque<Step> steps = new ArrayDeque<>();
    private int position;
    private volatile SourceLosses losses = SourceLosses.NONE;

    /** What happens at a read; without a post, the source has nothing. */
    interface Step {
        Optional<Post> read() throws InterruptedException;
    }

    ScriptedSource posts(String... lines) {
        for (String line : lines) {
            steps.add(() -> Optional.of(
                    new Post(line.getBytes(StandardCharsets.UTF_8), new Position(Integer.toString(++position)))));
        }
        return this;
    }

    ScriptedSource posts(List<String> lines) {
        return posts(lines.toArray(String[]::new));
    }

    ScriptedSource then(Runnable action) {
        steps.add(() -> {
            action.run();
            return Optional.empty();
        });
        return this;
    }

    /** What the source has missed or dropped from here on. */
    ScriptedSource losses(SourceLosses sinceStart) {
        return then(() -> losses = sinceStart);
    }

    /** Skips what was read before a restart. */
    ScriptedSource from(Position last) {
        int count = Integer.parseInt(last.value());
        for (int i = 0; i < count; i++) {
            steps.remove();
        }
        position = count;
        return this;
    }

    @Override
    public Optional<Post> read(Duration wait) throws InterruptedException {
        return steps.isEmpty() ? Optional.empty() : steps.remove().read();
    }

    @Override
    public boolean isExhausted() {
        return steps.isEmpty();
    }

    @Override
    public SourceStatus status() {
        return new SourceStatus("connected", 1, null, null);
    }

    @Override
    public SourceLosses losses() {
        return losses;
    }

    @Override
    public void close() {}
}
