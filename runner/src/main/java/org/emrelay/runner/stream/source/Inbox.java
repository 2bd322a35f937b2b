package org.emrelay.runner.stream.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a connection has received and that are not read yet.
 *
 * <p>It bounds memory: when it is full, the connection requests no more messages until half of it has been read.
 */
final class Inbox {
    private final int maxMessages;
    private final long maxBytes;
    private final LongSupplier ticker;
    private final Deque<byte[]> messages = new ArrayDeque<>();
    private long bytes;
    private boolean demandPending;
    private Runnable demand = () -> {};
    private @Nullable ConnectionLostException end;
    private long lastActivity;

    /** @param ticker nanoseconds, to measure silence */
    Inbox(int maxMessages, long maxBytes, LongSupplier ticker) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.ticker = ticker;
        this.lastActivity = ticker.getAsLong();
    }

    /** @param action requests more messages from the server, after {@link #hasRoom} was false */
    synchronized void onRoom(Runnable action) {
        demand = action;
    }

    synchronized void add(byte[] message) {
        messages.add(message);
        bytes += message.length;
        notifyAll();
    }

    /** Whether the connection may request more messages now. If not, the inbox requests them later. */
    synchronized boolean hasRoom() {
        boolean room = messages.size() < maxMessages && bytes < maxBytes;
        demandPending = !room;
        return room;
    }

    /** Marks the end. Messages that have already arrived are still delivered. */
    synchronized void end(ConnectionLostException reason) {
        if (end == null) {
            end = reason;
            notifyAll();
        }
    }

    /** Records that the server is alive. */
    synchronized void touch() {
        lastActivity = ticker.getAsLong();
    }

    synchronized Duration silence() {
        return Duration.ofNanos(ticker.getAsLong() - lastActivity);
    }

    /** Returns the next message; empty if none arrives within this time. */
    Optional<byte[]> take(Duration wait) throws InterruptedException, ConnectionLostException {
        byte[] message;
        Runnable ask = null;
        synchronized (this) {
            awaitMessage(wait.toNanos());
            message = messages.poll();
            if (message == null) {
                if (end != null) {
                    throw end;
                }
                return Optional.empty();
            }
            bytes -= message.length;
            if (demandPending && messages.size() <= maxMessages / 2 && bytes <= maxBytes / 2) {
                demandPending = false;
                // The server could send nothing while nothing was requested.
                lastActivity = ticker.getAsLong();
                ask = demand;
            }
        }
        if (ask != null) {
            ask.run();
        }
        return Optional.of(message);
    }

    private synchronized void awaitMessage(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (messages.isEmpty() && end == null && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
    }
}
