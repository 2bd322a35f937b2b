package org.emrelay.runner.run;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.profile.ProfileReading;
import org.emrelay.runner.run.Event.AttemptProfiled;

/** Reads what Spark logged about attempts that have ended, one after another in the background: steps do not wait for it. */
final class ProfileReader implements AutoCloseable {

    /** Reads the event log of an attempt, until it is read or asked to stop. */
    interface Source {
        ProfileReading read(AttemptId attempt, BooleanSupplier stopped);
    }

    private final Source source;
    private final Clock clock;
    private final Consumer<Runnable> background;
    private final Set<AttemptId> requested = new HashSet<>();
    private final ConcurrentLinkedQueue<AttemptProfiled> read = new ConcurrentLinkedQueue<>();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private volatile boolean closed;

    /** @param background executes tasks, on other threads */
    ProfileReader(Source source, Clock clock, Consumer<Runnable> background) {
        this.source = source;
        this.clock = clock;
        this.background = background;
    }

    /** A new thread for each task, which does not keep the process alive. */
    static void onDaemonThread(Runnable task) {
        Thread thread = new Thread(task, "profile-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts to read what Spark logged about this attempt, once. */
    void request(AttemptId attempt) {
        if (requested.add(attempt)) {
            last = last.thenRunAsync(() -> read(attempt), background::accept);
        }
    }

    private void read(AttemptId attempt) {
        if (!closed) {
            ProfileReading reading = reading(attempt);
            if (!closed) {
                read.add(new AttemptProfiled(clock.instant(), attempt, reading));
            }
        }
    }

    /** A report must not fail the run that it is about. */
    private ProfileReading reading(AttemptId attempt) {
        try {
            return source.read(attempt, () -> closed);
        } catch (RuntimeException failure) {
            return ProfileReading.none("The event log of Spark could not be read: " + failure.getMessage());
        }
    }

    /** What was read since the last call. */
    List<Event> take() {
        List<Event> taken = new ArrayList<>();
        for (AttemptProfiled next = read.poll(); next != null; next = read.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** Waits until all that was requested is read. Returns whether it was in time. */
    boolean await(Duration timeout) throws InterruptedException {
        try {
            last.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }

    /** Gives up what is not read. */
    @Override
    public void close() {
        closed = true;
    }
}
