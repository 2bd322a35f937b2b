package org.emrelay.runner.stream.source;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;
import org.jspecify.annotations.Nullable;

/** The endless body of a response. Each line goes to an inbox; empty lines only show that the server is alive. */
final class XConnection implements BodySubscriber<String>, Connection {
    private static final int KEPT_CAPACITY = 64 << 10;

    private final Inbox inbox;
    private final AtomicLong malformed;
    private final int maxLine;
    private volatile @Nullable Subscription subscription;
    private volatile boolean closed;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    /** @param malformed counts lines that are dropped */
    XConnection(Inbox inbox, int maxLine, AtomicLong malformed) {
        this.inbox = inbox;
        this.maxLine = maxLine;
        this.malformed = malformed;
    }

    /** Completes the response as soon as its headers have arrived. */
    @Override
    public CompletionStage<String> getBody() {
        return CompletableFuture.completedFuture("");
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        if (closed) {
            started.cancel();
            return;
        }
        inbox.onRoom(() -> started.request(1));
        inbox.touch();
        started.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        inbox.touch();
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                add(buffer.get());
            }
        }
        Subscription open = subscription;
        if (inbox.hasRoom() && open != null) {
            open.request(1);
        }
    }

    private void add(byte next) {
        if (next == '\n') {
            finishLine();
        } else if (next != '\r') {
            if (line.size() >= maxLine) {
                tooLong = true;
                line = new ByteArrayOutputStream();
            }
            if (!tooLong) {
                line.write(next);
            }
        }
    }

    private void finishLine() {
        if (tooLong) {
            malformed.incrementAndGet();
            tooLong = false;
        } else if (line.size() > 0) {
            inbox.add(line.toByteArray());
        }
        if (line.size() > KEPT_CAPACITY) {
            line = new ByteArrayOutputStream();
        } else {
            line.reset();
        }
    }

    @Override
    public void onError(Throwable error) {
        inbox.end(ConnectionLostException.network(error));
    }

    /** Drops a last line without a line break, because it is truncated. */
    @Override
    public void onComplete() {
        inbox.end(new ConnectionLostException(Cause.NETWORK, "closed by the server"));
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    /** Not needed: X sends an empty line every 20 seconds. */
    @Override
    public boolean ping() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
        Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }
}
