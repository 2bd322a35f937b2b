package org.emrelay.runner.stream.source;

import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;
import org.jspecify.annotations.Nullable;

/** A WebSocket whose text messages go to an inbox; it requests the next message when there is room. */
final class JetstreamConnection implements WebSocket.Listener, Connection {
    private static final int MAX_MESSAGES = 2_000;
    private static final int MAX_BYTES = 8 << 20;
    private static final int KEPT_CAPACITY = 64 << 10;

    private final Inbox inbox;
    private final AtomicLong malformed;
    private final int maxMessage;
    private volatile @Nullable WebSocket socket;
    private StringBuilder text = new StringBuilder();
    private boolean tooLarge;

    /** @param malformed counts messages that are dropped */
    JetstreamConnection(Inbox inbox, int maxMessage, AtomicLong malformed) {
        this.inbox = inbox;
        this.maxMessage = maxMessage;
        this.malformed = malformed;
    }

    static JetstreamConnection open(SourceHttpClient http, URI url, SourceLimits limits, AtomicLong malformed)
            throws ConnectionLostException, InterruptedException {
        Duration timeout = limits.request();
        JetstreamConnection connection = new JetstreamConnection(
                new Inbox(MAX_MESSAGES, MAX_BYTES, limits.ticker()), limits.message(), malformed);
        CompletableFuture<WebSocket> opening = http.client()
                .newWebSocketBuilder()
                .connectTimeout(timeout)
                .header("User-Agent", "emrelay")
                .buildAsync(url, connection);
        try {
            // The builder's timeout covers only the headers of the response; a rejection has a body.
            opening.get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
            return connection;
        } catch (ExecutionException exception) {
            throw failure(exception.getCause() == null ? exception : exception.getCause(), url);
        } catch (TimeoutException exception) {
            abandon(opening);
            throw new ConnectionLostException(Cause.NETWORK, "no response to the handshake");
        } catch (InterruptedException exception) {
            abandon(opening);
            throw exception;
        }
    }

    private static void abandon(CompletableFuture<WebSocket> opening) {
        CompletableFuture<Void> unused = opening.thenAccept(WebSocket::abort);
    }

    private static ConnectionLostException failure(Throwable error, URI url) {
        if (!(error instanceof WebSocketHandshakeException refused) || refused.getResponse() == null) {
            return ConnectionLostException.network(error);
        }
        HttpResponse<?> response = refused.getResponse();
        int status = response.statusCode();
        String said = response.body() instanceof String body ? ConnectionLostException.oneLine(body) : "";
        String answer = said.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + said;
        boolean temporary = status < 300 || status >= 500 || status == 408 || status == 425 || status == 429;
        if (temporary) {
            return new ConnectionLostException(status == 429 ? Cause.RATE_LIMIT : Cause.SERVER, answer);
        }
        throw new StreamException("Jetstream at " + url.getHost() + " rejected the subscription (" + answer + ")."
                + " Correct \"collections\" or \"url\" in the stream file.");
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        inbox.onRoom(() -> opened.request(1));
        inbox.touch();
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        inbox.touch();
        if (text.length() + part.length() > maxMessage) {
            tooLarge = true;
        }
        if (tooLarge) {
            text = new StringBuilder();
        } else {
            text.append(part);
        }
        if (last) {
            finishMessage();
        }
        askForMore(from);
        return null;
    }

    private void finishMessage() {
        if (tooLarge) {
            malformed.incrementAndGet();
            tooLarge = false;
        } else {
            inbox.add(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (text.capacity() > KEPT_CAPACITY) {
            text = new StringBuilder();
        } else {
            text.setLength(0);
        }
    }

    /** Jetstream sends binary messages only to clients that want compression. */
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        inbox.touch();
        if (last) {
            malformed.incrementAndGet();
        }
        askForMore(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
        inbox.touch();
        askForMore(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        inbox.touch();
        askForMore(from);
        return null;
    }

    private void askForMore(WebSocket from) {
        if (inbox.hasRoom()) {
            from.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        String said = reason.isBlank() ? "" : ": " + reason;
        inbox.end(new ConnectionLostException(Cause.NETWORK, "closed by the server (" + status + said + ")"));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        inbox.end(ConnectionLostException.network(error));
    }

    @Override
    public boolean ping() {
        WebSocket open = socket;
        if (open != null) {
            // If the ping fails, the silence continues.
            CompletableFuture<WebSocket> unused = open.sendPing(ByteBuffer.allocate(0));
        }
        return open != null;
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }
}
