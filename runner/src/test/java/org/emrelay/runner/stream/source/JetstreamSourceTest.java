package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JetstreamSourceTest {
    private static final long NOON = 1_796_126_400_000_000L;
    private static final String POSTS = "app.bsky.feed.post";

    private final FakeTime time = new FakeTime();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private ScriptedServer server(ScriptedServer.Script... scripts) throws IOException {
        ScriptedServer server = new ScriptedServer(scripts);
        opened.add(0, server);
        return server;
    }

    private JetstreamSource source(ScriptedServer server) {
        return source(server, null, null, 1 << 20);
    }

    private JetstreamSource source(ScriptedServer server, Position position, Instant start, int maxMessage) {
        URI url = URI.create("ws://127.0.0.1:" + server.port() + "/subscribe");
        SourceLimits limits = new SourceLimits(Duration.ofSeconds(20), Duration.ofSeconds(30), maxMessage, time::nanos);
        JetstreamSource source = new JetstreamSource(
                new StreamSource.Jetstream(url, List.of(POSTS, "app.bsky.graph.*"), start),
                position,
                limits,
                time,
                time,
                new Random(1));
        opened.add(0, source);
        return source;
    }

    private static String post(int number) {
        return post(number, NOON + number);
    }

    private static String post(int number, long micros) {
        return message(micros, "create", POSTS, "r" + number);
    }

    private static String message(long micros, String operation, String collection, String key) {
        return "{\"did\":\"did:plc:a\",\"time_us\":" + micros
                + ",\"kind\":\"commit\",\"commit\":{\"rev\":\"1\",\"operation\":\""
                + operation + "\",\"collection\":\"" + collection + "\",\"rkey\":\"" + key
                + "\",\"record\":{\"text\":\"héllo 🚀\"}}}";
    }

    private static List<String> read(JetstreamSource source, int count) throws InterruptedException {
        return posts(source, count).stream().map(JetstreamSourceTest::text).toList();
    }

    private static List<Post> posts(JetstreamSource source, int count) throws InterruptedException {
        List<Post> posts = new ArrayList<>();
        while (posts.size() < count) {
            source.read(Duration.ofSeconds(1)).ifPresent(posts::add);
        }
        return posts;
    }

    private static String text(Post post) {
        return new String(post.line(), StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            throw new IOException(exception);
        }
    }

    @Test
    void emitsCreatedRecordsOfTheWantedCollectionsAsSent() throws Exception {
        ScriptedServer server = server(peer -> WebSocketScript.accept(peer)
                .text(
                        post(1),
                        message(NOON + 2, "delete", POSTS, "r0"),
                        message(NOON + 3, "create", "app.bsky.feed.like", "r2"),
                        message(NOON + 4, "create", "app.bsky.graph.follow", "r3"),
                        "{\"did\":\"did:plc:a\",\"time_us\":" + (NOON + 5) + ",\"kind\":\"identity\",\"identity\":{}}",
                        post(6))
                .awaitClose());
        JetstreamSource source = source(server);

        List<Post> posts = posts(source, 3);

        assertThat(posts.stream().map(JetstreamSourceTest::text))
                .containsExactly(post(1), message(NOON + 4, "create", "app.bsky.graph.follow", "r3"), post(6));
        assertThat(posts.get(2).position()).isEqualTo(new Position(Long.toString(NOON + 6)));
        assertThat(server.peers().get(0).request())
                .isEqualTo("GET /subscribe?wantedCollections=app.bsky.feed.post&wantedCollections=app.bsky.graph.*");
        assertThat(source.status().state()).isEqualTo("connected");
        assertThat(source.status().connections()).isEqualTo(1);
        assertThat(source.losses().malformed()).isZero();
        assertThat(source.isExhausted()).isFalse();
    }

    @Test
    void startsAtTheSavedPosition() throws Exception {
        ScriptedServer server =
                server(peer -> WebSocketScript.accept(peer).text(post(7)).awaitClose());

        read(source(server, new Position(Long.toString(NOON + 7)), Instant.EPOCH, 1 << 20), 1);

        assertThat(server.peers().get(0).request()).endsWith("&cursor=" + (NOON + 7));
    }

    @Test
    void startsAtTheStartOfTheDefinitionAndSkipsWhatIsBeforeIt() throws Exception {
        ScriptedServer server = server(
                peer -> WebSocketScript.accept(peer).text(post(1), post(9)).awaitClose());
        JetstreamSource source = source(server, null, FakeTime.START.plusNanos(5_000), 1 << 20);

        assertThat(read(source, 1)).containsExactly(post(9));
        assertThat(server.peers().get(0).request()).endsWith("&cursor=" + (NOON + 5));
        assertThat(source.losses().repeated()).isZero();
    }

    @Test
    void continuesAfterADropAndRecognizesWhatComesAgain() throws Exception {
        long later = NOON + 10_000_000;
        CountDownLatch drop = new CountDownLatch(1);
        ScriptedServer server = server(
                peer -> {
                    WebSocketScript.accept(peer).text(post(1), post(2, later));
                    await(drop);
                },
                // The server starts an hour early, and repeats what is within the rewind.
                peer -> WebSocketScript.accept(peer)
                        .text(
                                post(90, later - 3_600_000_000L),
                                post(1),
                                post(2, later),
                                post(3, later),
                                post(4, later + 1))
                        .awaitClose());
        JetstreamSource source = source(server);

        assertThat(read(source, 2)).containsExactly(post(1), post(2, later));
        drop.countDown();
        assertThat(read(source, 2)).containsExactly(post(3, later), post(4, later + 1));
        assertThat(server.peers().get(1).request()).endsWith("&cursor=" + (later - 2_000_000));
        assertThat(source.losses().repeated()).isEqualTo(3);
        assertThat(source.status().connections()).isEqualTo(2);
        assertThat(source.losses().gap()).isZero();
    }

    @Test
    void losesNothingBetweenAConnectionWithoutMessagesAndTheNext() throws Exception {
        ScriptedServer server = server(
                WebSocketScript::accept,
                peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose());

        read(source(server), 1);

        assertThat(server.peers().get(0).request()).doesNotContain("cursor");
        assertThat(server.peers().get(1).request()).endsWith("&cursor=" + NOON);
    }

    @Test
    void countsTheTimeThatTheServerNoLongerHasAsGap() throws Exception {
        ScriptedServer server = server(peer -> WebSocketScript.accept(peer)
                .text(post(1, NOON), post(2, NOON + 1))
                .awaitClose());
        JetstreamSource source = source(server, new Position(Long.toString(NOON - 90_000_000)), null, 1 << 20);

        read(source, 2);

        assertThat(source.losses().gap()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void acceptsLiveMessagesIfThePositionIsInTheFuture() throws Exception {
        ScriptedServer server =
                server(peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose());
        JetstreamSource source = source(server, new Position(Long.toString(NOON + 3_600_000_000L)), null, 1 << 20);

        assertThat(read(source, 1)).containsExactly(post(1));
    }

    @Test
    void dropsAndCountsGarbage() throws Exception {
        ScriptedServer server = server(peer -> WebSocketScript.accept(peer)
                .text("", "not json", "[]", "{}", "{\"time_us\":\"x\"}", "{\"time_us\":1e99,\"kind\":\"commit\"}")
                .text("{\"time_us\":-1,\"kind\":\"identity\"}", "{\"time_us\":5,\"kind\":\"commit\",\"commit\":{}}")
                .text("{\"time_us\":1.5,\"kind\":\"commit\"}", "[".repeat(5_000), "{\"a\":\"\u0001\"}")
                .binary(new byte[] {1, 2})
                .text(post(1))
                .awaitClose());
        JetstreamSource source = source(server);

        assertThat(read(source, 1)).containsExactly(post(1));
        assertThat(source.losses().malformed()).isEqualTo(12);
    }

    @Test
    void joinsFragmentsAndDropsLargeMessages() throws Exception {
        String large = message(NOON, "create", POSTS, "x".repeat(5_000));
        ScriptedServer server = server(peer -> WebSocketScript.accept(peer)
                .fragments(large, 700)
                .fragments(post(1), 3)
                .text(large)
                .text(post(2))
                .awaitClose());
        JetstreamSource source = source(server, null, null, 1_000);

        assertThat(read(source, 2)).containsExactly(post(1), post(2));
        assertThat(source.losses().malformed()).isEqualTo(2);
    }

    @Test
    void putsAPrettyPrintedMessageOnOneLine() throws Exception {
        ScriptedServer server = server(peer ->
                WebSocketScript.accept(peer).text(post(1).replace(",", ",\r\n")).awaitClose());

        assertThat(read(source(server), 1)).containsExactly(post(1).replace(",", ",  "));
    }

    @Test
    void asksASilentServerForASignOfLife() throws Exception {
        CountDownLatch silent = new CountDownLatch(1);
        AtomicInteger frame = new AtomicInteger();
        ScriptedServer server = server(peer -> {
            WebSocketScript socket = WebSocketScript.accept(peer).text(post(1));
            silent.countDown();
            frame.set(socket.awaitFrame());
            socket.pong().text(post(2)).awaitClose();
        });
        JetstreamSource source = source(server);
        read(source, 1);
        silent.await();

        time.advance(Duration.ofSeconds(31));

        assertThat(read(source, 1)).containsExactly(post(2));
        assertThat(frame).hasValue(9);
        assertThat(source.status().connections()).isEqualTo(1);
    }

    @Test
    void leavesAServerThatDoesNotAnswer() throws Exception {
        ScriptedServer server = server(
                peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose(),
                peer -> WebSocketScript.accept(peer).text(post(2)).awaitClose());
        JetstreamSource source = source(server);
        read(source, 1);

        time.advance(Duration.ofSeconds(31));
        assertThat(source.read(Duration.ofMillis(1))).isEmpty();
        time.advance(Duration.ofSeconds(30));
        assertThat(source.read(Duration.ofMillis(1))).isEmpty();

        assertThat(source.status().state()).isEqualTo("reconnecting in 1 s: no data for 61 s");
        assertThat(server.peers().get(0).hasEnded()).isTrue();
        assertThat(read(source, 1)).containsExactly(post(2));
    }

    @Test
    void leavesAServerThatOnlyAnswersPings() throws Exception {
        ScriptedServer server = server(
                peer -> {
                    WebSocketScript socket = WebSocketScript.accept(peer).text(post(1));
                    for (int i = 0; i < 10; i++) {
                        socket.awaitFrame();
                        socket.pong();
                    }
                    socket.awaitClose();
                },
                peer -> WebSocketScript.accept(peer).text(post(2)).awaitClose());
        JetstreamSource source = source(server);
        read(source, 1);

        List<Post> next = new ArrayList<>();
        while (next.isEmpty()) {
            // Half of the time limit at a time: an answer always comes in time, unless the server is slow.
            time.advance(Duration.ofSeconds(16));
            source.read(Duration.ofMillis(20)).ifPresent(next::add);
        }

        assertThat(next.stream().map(JetstreamSourceTest::text)).containsExactly(post(2));
        assertThat(source.status().connections()).isEqualTo(2);
    }

    @Test
    void pausesLongerAfterEachFailureAndStartsAgainAfterAGoodMinute() throws Exception {
        CountDownLatch minuteOver = new CountDownLatch(1);
        ScriptedServer.Script unavailable = peer -> peer.respond(503, "service not ready");
        ScriptedServer server = server(
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
        JetstreamSource source = source(server);
        List<Double> pauses = new ArrayList<>();
        List<Post> posts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            source.read(Duration.ZERO);
            assertThat(source.status().state()).matches("not connected; retrying in \\d+ s: HTTP 503: service not ready");
            assertThat(source.status().isNeverConnected()).isTrue();
            source.read(Duration.ofMinutes(2)).ifPresent(posts::add);
            pauses.add(time.slept().toMillis() / 1000.0);
        }

        double[] limits = {1, 2, 4, 8, 16, 32, 60, 60};
        for (int i = 0; i < limits.length; i++) {
            assertThat(pauses.get(i)).isBetween(limits[i] / 2, limits[i]);
        }
        assertThat(posts.stream().map(JetstreamSourceTest::text)).containsExactly(post(1));
        assertThat(source.status().isNeverConnected()).isFalse();
        time.advance(Duration.ofMinutes(1));
        minuteOver.countDown();
        assertThat(read(source, 1)).containsExactly(post(2));
        assertThat(time.slept()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void namesWhatTheServerSaysToAnUnknownCollection() throws Exception {
        ScriptedServer server =
                server(peer -> peer.respond(400, "subscribe: invalid options: invalid collection: app.bsky\n"));
        JetstreamSource source = source(server);

        assertThatThrownBy(() -> source.read(Duration.ofSeconds(1)))
                .isInstanceOf(StreamException.class)
                .hasMessage("Jetstream at 127.0.0.1 rejected the subscription (HTTP 400: subscribe: invalid options:"
                        + " invalid collection: app.bsky). Correct \"collections\" or \"url\" in the stream file.");
    }

    @Test
    void refusesAPositionOfAnotherSource() throws Exception {
        ScriptedServer server = server();

        assertThatThrownBy(() -> source(server, new Position("file:3"), null, 1))
                .isInstanceOf(CorruptStreamException.class)
                .hasMessageStartingWith("The position in the checkpoint is not valid for this source: \"file:3\".");
    }

    @Test
    void saysWhyAConnectionEnded() throws Exception {
        ScriptedServer server = server(peer -> WebSocketScript.accept(peer)
                .text(post(1))
                .close(1001, "restart\u001b[2J")
                .awaitClose());
        JetstreamSource source = source(server);
        read(source, 1);

        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();

        assertThat(source.status().state()).isEqualTo("reconnecting in 1 s: closed by the server (1001: restart [2J)");
    }

    @Test
    void measuresHowFarThePostsAreBehind() throws Exception {
        ScriptedServer server = server(peer ->
                WebSocketScript.accept(peer).text(post(1, NOON - 2_500_000)).awaitClose());
        JetstreamSource source = source(server);
        assertThat(source.status().lag()).isNull();
        assertThat(source.status().state()).isEqualTo("connecting");

        read(source, 1);

        assertThat(source.status().lag()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void anInterruptEndsARead() throws Exception {
        ScriptedServer stalled = server(peer -> peer.in().read());
        JetstreamSource source = source(stalled);
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
        ScriptedServer server =
                server(peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose());
        JetstreamSource source = source(server);
        read(source, 1);
        List<Thread> ours = SourceThreads.of("jetstream");

        source.close();

        assertThat(server.peers().get(0).hasEnded()).isTrue();
        SourceThreads.join(ours);
        assertThat(source.status().state()).isEqualTo("closed");
        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();
    }
}
