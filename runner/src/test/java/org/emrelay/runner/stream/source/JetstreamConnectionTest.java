package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.stream.source.JetstreamFixture.await;
import static org.emrelay.runner.stream.source.JetstreamFixture.post;
import static org.emrelay.runner.stream.source.JetstreamFixture.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.emrelay.runner.stream.Post;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JetstreamConnectionTest {
    private final JetstreamFixture fixture = new JetstreamFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void asksASilentServerForASignOfLife() throws Exception {
        CountDownLatch silent = new CountDownLatch(1);
        AtomicInteger frame = new AtomicInteger();
        ScriptedServer server = fixture.server(peer -> {
            WebSocketScript socket = WebSocketScript.accept(peer).text(post(1));
            silent.countDown();
            frame.set(socket.awaitFrame());
            socket.pong().text(post(2)).awaitClose();
        });
        JetstreamSource source = fixture.source(server);
        read(source, 1);
        silent.await();

        fixture.time().advance(Duration.ofSeconds(31));

        assertThat(read(source, 1)).containsExactly(post(2));
        assertThat(frame).hasValue(9);
        assertThat(source.status().connections()).isEqualTo(1);
    }

    @Test
    void leavesAServerThatDoesNotAnswer() throws Exception {
        ScriptedServer server = fixture.server(
                peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose(),
                peer -> WebSocketScript.accept(peer).text(post(2)).awaitClose());
        JetstreamSource source = fixture.source(server);
        read(source, 1);

        fixture.time().advance(Duration.ofSeconds(31));
        assertThat(source.read(Duration.ofMillis(1))).isEmpty();
        fixture.time().advance(Duration.ofSeconds(30));
        assertThat(source.read(Duration.ofMillis(1))).isEmpty();

        assertThat(source.status().state()).isEqualTo("reconnecting in 1 s: no data for 61 s");
        assertThat(server.peers().get(0).hasEnded()).isTrue();
        assertThat(read(source, 1)).containsExactly(post(2));
    }

    @Test
    void leavesAServerThatOnlyAnswersPings() throws Exception {
        ScriptedServer server = fixture.server(
                peer -> {
                    WebSocketScript socket = WebSocketScript.accept(peer).text(post(1));
                    for (int i = 0; i < 10; i++) {
                        socket.awaitFrame();
                        socket.pong();
                    }
                    socket.awaitClose();
                },
                peer -> WebSocketScript.accept(peer).text(post(2)).awaitClose());
        JetstreamSource source = fixture.source(server);
        read(source, 1);

        List<Post> next = new ArrayList<>();
        while (next.isEmpty()) {
            // Half of the time limit at a time: an answer always comes in fixture.time(), unless the server is slow.
            fixture.time().advance(Duration.ofSeconds(16));
            source.read(Duration.ofMillis(20)).ifPresent(next::add);
        }

        assertThat(next.stream().map(JetstreamFixture::text)).containsExactly(post(2));
        assertThat(source.status().connections()).isEqualTo(2);
    }

    @Test
    void pausesLongerAfterEachFailureAndStartsAgainAfterAGoodMinute() throws Exception {
        CountDownLatch minuteOver = new CountDownLatch(1);
        ScriptedServer.Script unavailable = peer -> peer.respond(503, "service not ready");
        ScriptedServer server = fixture.server(
                unavailable,
                unavailable,
                unavailable,
                unavailable,
                unavailable,
                unavailable,
                unavailable,
                unavailable,
                peer -> {
                    WebSocketScript.accept(peer).text(post(1));
                    await(minuteOver);
                },
                peer -> WebSocketScript.accept(peer).text(post(2)).awaitClose());
        JetstreamSource source = fixture.source(server);
        List<Double> pauses = new ArrayList<>();
        List<Post> posts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            source.read(Duration.ZERO);
            assertThat(source.status().state())
                    .matches("not connected; retrying in \\d+ s: HTTP 503: service not ready");
            assertThat(source.status().isNeverConnected()).isTrue();
            source.read(Duration.ofMinutes(2)).ifPresent(posts::add);
            pauses.add(fixture.time().slept().toMillis() / 1000.0);
        }

        double[] limits = {1, 2, 4, 8, 16, 32, 60, 60};
        for (int i = 0; i < limits.length; i++) {
            assertThat(pauses.get(i)).isBetween(limits[i] / 2, limits[i]);
        }
        assertThat(posts.stream().map(JetstreamFixture::text)).containsExactly(post(1));
        assertThat(source.status().isNeverConnected()).isFalse();
        fixture.time().advance(Duration.ofMinutes(1));
        minuteOver.countDown();
        assertThat(read(source, 1)).containsExactly(post(2));
        assertThat(fixture.time().slept()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void saysWhyAConnectionEnded() throws Exception {
        ScriptedServer server = fixture.server(peer -> WebSocketScript.accept(peer)
                .text(post(1))
                .close(1001, "restart\u001b[2J")
                .awaitClose());
        JetstreamSource source = fixture.source(server);
        read(source, 1);

        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();

        assertThat(source.status().state()).isEqualTo("reconnecting in 1 s: closed by the server (1001: restart [2J)");
    }

    @Test
    void anInterruptEndsARead() throws Exception {
        ScriptedServer stalled = fixture.server(peer -> peer.in().read());
        JetstreamSource source = fixture.source(stalled);
        Thread reader = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (stalled.peers().isEmpty()) {
                Thread.onSpinWait();
            }
            reader.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> source.read(Duration.ofMinutes(10))).isInstanceOf(InterruptedException.class);
        interrupter.join();
    }

    @Test
    void closingEndsTheConnectionAndTheThreads() throws Exception {
        ScriptedServer server = fixture.server(
                peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose());
        JetstreamSource source = fixture.source(server);
        read(source, 1);
        List<Thread> ours = SourceThreads.of("jetstream");

        source.close();

        assertThat(server.peers().get(0).hasEnded()).isTrue();
        SourceThreads.join(ours);
        assertThat(source.status().state()).isEqualTo("closed");
        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();
    }
}
