package org.emrelay.runner.stream.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.PostSource;
import org.emrelay.runner.stream.SourceLosses;
import org.emrelay.runner.stream.SourceStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a connection, and reconnects when it ends or is silent for too long.
 *
 * <p>While a connection opens, a read may take longer than its caller's wait; an interrupt ends it immediately.
 */
abstract class ReconnectingSource implements PostSource {
    /** A connection that lasted this long was good: the next pause is the shortest again. */
    private static final Duration GOOD_CONNECTION = Duration.ofMinutes(1);

    /** Pings without a message in between, after which a server that only answers pings is no longer trusted. */
    private static final int MAX_PINGS = 10;

    private final Clock clock;
    private final Sleeper sleeper;
    private final Duration idleLimit;

    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();

    private volatile @Nullable Connection connection;
    private volatile boolean closed;
    private volatile String lastReason = "";
    private volatile Duration pauseLeft = Duration.ZERO;
    private volatile @Nullable Duration lag;
    private volatile @Nullable Instant downSince;
    private volatile Duration downtime = Duration.ZERO;

    private Instant connectedAt = Instant.EPOCH;
    private boolean awaitsPong;
    private int pings;

    ReconnectingSource(Clock clock, Sleeper sleeper, Duration idleLimit) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.idleLimit = idleLimit;
    }

    abstract Connection connect() throws ConnectionLostException, InterruptedException;

    /** Returns the post in a message; empty if it contains none. */
    abstract Optional<Post> accept(byte[] message) throws ConnectionLostException;

    /** @param lasted whether the lost connection was a good one */
    abstract Duration pause(ConnectionLostException lost, boolean lasted);

    /** The time in which posts may have been lost. */
    abstract Duration gap();

    abstract void closeClient();

    @Override
    public final Optional<Post> read(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        Duration left = wait;
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException("reading posts");
            }
            Optional<Post> post = closed ? Optional.empty() : step(left);
            if (post.isPresent() || closed || !pauseLeft.isZero()) {
                return post;
            }
            left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        } while (!left.isZero());
        return Optional.empty();
    }

    /** Takes the next step: waits, connects, or reads a message. */
    private Optional<Post> step(Duration wait) throws InterruptedException {
        try {
            Connection open = connection;
            if (open == null) {
                if (sleptEnough(wait)) {
                    open();
                }
                return Optional.empty();
            }
            Optional<byte[]> message = open.inbox().take(wait.compareTo(idleLimit) < 0 ? wait : idleLimit);
            if (message.isPresent()) {
                pings = 0;
                return accept(message.get());
            }
            checkSilence(open);
        } catch (ConnectionLostException lost) {
            lose(lost);
        } catch (RejectedExecutionException exception) {
            if (!closed) {
                throw exception;
            }
        }
        return Optional.empty();
    }

    private boolean sleptEnough(Duration wait) throws InterruptedException {
        Duration left = pauseLeft;
        if (!left.isZero()) {
            Duration slice = wait.compareTo(left) < 0 ? wait : left;
            sleeper.sleep(slice);
            pauseLeft = left.minus(slice);
        }
        return pauseLeft.isZero();
    }

    private void open() throws ConnectionLostException, InterruptedException {
        Connection opened = connect();
        synchronized (this) {
            if (closed) {
                opened.close();
                return;
            }
            connection = opened;
        }
        connectedAt = clock.instant();
        connections.incrementAndGet();
        awaitsPong = false;
        pings = 0;
        synchronized (this) {
            downtime = downtime();
            downSince = null;
        }
    }

    private void checkSilence(Connection open) throws ConnectionLostException {
        Duration silence = open.inbox().silence();
        if (silence.compareTo(idleLimit) < 0) {
            awaitsPong = false;
        } else if (!awaitsPong && pings < MAX_PINGS && open.ping()) {
            awaitsPong = true;
            pings++;
        } else if (!awaitsPong || silence.compareTo(idleLimit.multipliedBy(2)) >= 0) {
            throw new ConnectionLostException(ConnectionLostException.Cause.NETWORK, "no data for " + seconds(silence));
        }
    }

    private void lose(ConnectionLostException lost) {
        Connection ended = connection;
        Instant now = clock.instant();
        boolean lasted = false;
        if (ended != null) {
            lasted = !now.isBefore(connectedAt.plus(GOOD_CONNECTION));
            downSince = now.minus(ended.inbox().silence());
            connection = null;
            ended.close();
        } else if (downSince == null) {
            downSince = now;
        }
        lastReason = lost.reason();
        pauseLeft = pause(lost, lasted);
    }

    /** The total time between connections, until now. */
    final synchronized Duration downtime() {
        Instant since = downSince;
        if (since == null) {
            return downtime;
        }
        Duration current = Duration.between(since, clock.instant());
        // The system clock may have been set back.
        return current.isNegative() ? downtime : downtime.plus(current);
    }

    final Clock clock() {
        return clock;
    }

    final void countRepeated() {
        repeated.incrementAndGet();
    }

    final AtomicLong malformed() {
        return malformed;
    }

    final void postedAt(Instant time) {
        Duration behind = Duration.between(time, clock.instant());
        lag = behind.isNegative() ? Duration.ZERO : behind;
    }

    @Override
    public final boolean isExhausted() {
        return false;
    }

    @Override
    public final SourceStatus status() {
        return new SourceStatus(
                state(), connections.get(), connection == null && !lastReason.isEmpty() ? lastReason : null, lag);
    }

    @Override
    public final SourceLosses losses() {
        return new SourceLosses(gap(), repeated.get(), malformed.get());
    }

    private String state() {
        if (closed) {
            return "closed";
        }
        if (connection != null) {
            return connectedState();
        }
        if (lastReason.isEmpty()) {
            return "connecting";
        }
        Duration left = pauseLeft;
        String attempt = connections.get() == 0 ? "not connected; retrying" : "reconnecting";
        return attempt + (left.isZero() ? ": " : " in " + seconds(left) + ": ") + lastReason;
    }

    String connectedState() {
        return "connected";
    }

    private static String seconds(Duration duration) {
        return Math.max(1, Math.round(duration.toMillis() / 1000.0)) + " s";
    }

    @Override
    public final void close() {
        Connection open;
        synchronized (this) {
            closed = true;
            open = connection;
            connection = null;
        }
        if (open != null) {
            open.inbox().end(new ConnectionLostException(ConnectionLostException.Cause.NETWORK, "closed"));
            open.close();
        }
        closeClient();
    }
}
