package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;
import org.junit.jupiter.api.Test;

/** What a connection holds in memory if it is not read. */
class InboxTest {
    private static final Duration NO_WAIT = Duration.ZERO;

    private final FakeTime time = new FakeTime();
    private final AtomicLong demanded = new AtomicLong();

    private Inbox inbox(int messages, int bytes) {
        return new Inbox(messages, bytes, time::nanos);
    }

    private void take(Inbox inbox, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertThat(inbox.take(NO_WAIT)).isPresent();
        }
    }

    @Test
    void aWebSocketIsAskedForNoMoreThanFits() throws Exception {
        Inbox inbox = inbox(10, 1_000);
        JetstreamConnection connection = new JetstreamConnection(inbox, 100, new AtomicLong());
        CountingSocket socket = new CountingSocket();
        connection.onOpen(socket);
        long sent = 0;
        while (sent < socket.requested) {
            connection.onText(socket, "message", true);
            sent++;
        }

        assertThat(sent).isEqualTo(10);
        take(inbox, 4);
        assertThat(socket.requested).isEqualTo(10);
        take(inbox, 1);
        assertThat(socket.requested).isEqualTo(11);
    }

    @Test
    void aResponseIsAskedForNoMoreThanFits() throws Exception {
        Inbox inbox = inbox(1_000, 50);
        XConnection connection = new XConnection(inbox, 100, new AtomicLong());
        connection.onSubscribe(new CountingSubscription());
        long sent = 0;
        while (sent < demanded.get()) {
            connection.onNext(List.of(ByteBuffer.wrap("0123456789\n".getBytes(StandardCharsets.UTF_8))));
            sent++;
        }

        assertThat(sent).isEqualTo(5);
        take(inbox, 2);
        assertThat(demanded).hasValue(5);
        take(inbox, 1);
        assertThat(demanded).hasValue(6);
    }

    @Test
    void aPauseOfTheReaderIsNoSilenceOfTheServer() throws Exception {
        Inbox inbox = inbox(2, 1_000);
        inbox.add(new byte[1]);
        inbox.add(new byte[1]);
        assertThat(inbox.hasRoom()).isFalse();
        time.advance(Duration.ofMinutes(5));

        take(inbox, 2);

        assertThat(inbox.silence()).isZero();
    }

    @Test
    void deliversWhatCameBeforeTheEnd() throws Exception {
        Inbox inbox = inbox(2, 1_000);
        inbox.add(new byte[] {7});
        inbox.end(new ConnectionLostException(Cause.NETWORK, "reset"));
        inbox.end(new ConnectionLostException(Cause.NETWORK, "second reason"));

        assertThat(inbox.take(NO_WAIT)).hasValue(new byte[] {7});
        assertThatThrownBy(() -> inbox.take(Duration.ofHours(1)))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessage("reset");
    }

    @Test
    void aConnectionThatWasClosedEarlyDoesNotStart() {
        XConnection connection = new XConnection(inbox(1, 1), 1, new AtomicLong());
        connection.close();
        CountingSubscription subscription = new CountingSubscription();

        connection.onSubscribe(subscription);

        assertThat(subscription.cancelled).isTrue();
        assertThat(demanded).hasValue(0);
    }

    @Test
    void remembersOnlyTheLastKeys() {
        RecentKeys keys = new RecentKeys(2);

        assertThat(keys.add("a")).isTrue();
        assertThat(keys.add("a")).isFalse();
        assertThat(keys.add("b")).isTrue();
        assertThat(keys.add("c")).isTrue();
        assertThat(keys.add("b")).isFalse();
        assertThat(keys.add("a")).isTrue();
    }

    private final class CountingSubscription implements Subscription {
        private boolean cancelled;

        @Override
        public void request(long count) {
            demanded.addAndGet(count);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static final class CountingSocket implements WebSocket {
        private long requested;

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence text, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getSubprotocol() {
            return "";
        }

        @Override
        public boolean isOutputClosed() {
            return false;
        }

        @Override
        public boolean isInputClosed() {
            return false;
        }

        @Override
        public void abort() {}
    }
}
