package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.stream.source.JetstreamFixture.NOON;
import static org.emrelay.runner.stream.source.JetstreamFixture.POSTS;
import static org.emrelay.runner.stream.source.JetstreamFixture.await;
import static org.emrelay.runner.stream.source.JetstreamFixture.message;
import static org.emrelay.runner.stream.source.JetstreamFixture.post;
import static org.emrelay.runner.stream.source.JetstreamFixture.posts;
import static org.emrelay.runner.stream.source.JetstreamFixture.read;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JetstreamSourceTest {
    private final JetstreamFixture fixture = new JetstreamFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void emitsCreatedRecordsOfTheWantedCollectionsAsSent() throws Exception {
        ScriptedServer server = fixture.server(peer -> WebSocketScript.accept(peer)
                .text(
                        post(1),
                        message(NOON + 2, "delete", POSTS, "r0"),
                        message(NOON + 3, "create", "app.bsky.feed.like", "r2"),
                        message(NOON + 4, "create", "app.bsky.graph.follow", "r3"),
                        "{\"did\":\"did:plc:a\",\"time_us\":" + (NOON + 5) + ",\"kind\":\"identity\",\"identity\":{}}",
                        post(6))
                .awaitClose());
        JetstreamSource source = fixture.source(server);

        List<Post> posts = posts(source, 3);

        assertThat(posts.stream().map(JetstreamFixture::text))
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
        ScriptedServer server = fixture.server(
                peer -> WebSocketScript.accept(peer).text(post(7)).awaitClose());

        read(fixture.source(server, new Position(Long.toString(NOON + 7)), Instant.EPOCH, 1 << 20), 1);

        assertThat(server.peers().get(0).request()).endsWith("&cursor=" + (NOON + 7));
    }

    @Test
    void startsAtTheStartOfTheDefinitionAndSkipsWhatIsBeforeIt() throws Exception {
        ScriptedServer server = fixture.server(
                peer -> WebSocketScript.accept(peer).text(post(1), post(9)).awaitClose());
        JetstreamSource source = fixture.source(server, null, FakeTime.START.plusNanos(5_000), 1 << 20);

        assertThat(read(source, 1)).containsExactly(post(9));
        assertThat(server.peers().get(0).request()).endsWith("&cursor=" + (NOON + 5));
        assertThat(source.losses().repeated()).isZero();
    }

    @Test
    void continuesAfterADropAndRecognizesWhatComesAgain() throws Exception {
        long later = NOON + 10_000_000;
        CountDownLatch drop = new CountDownLatch(1);
        ScriptedServer server = fixture.server(
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
        JetstreamSource source = fixture.source(server);

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
        ScriptedServer server = fixture.server(
                WebSocketScript::accept,
                peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose());

        read(fixture.source(server), 1);

        assertThat(server.peers().get(0).request()).doesNotContain("cursor");
        assertThat(server.peers().get(1).request()).endsWith("&cursor=" + NOON);
    }

    @Test
    void countsTheTimeThatTheServerNoLongerHasAsGap() throws Exception {
        ScriptedServer server = fixture.server(peer -> WebSocketScript.accept(peer)
                .text(post(1, NOON), post(2, NOON + 1))
                .awaitClose());
        JetstreamSource source = fixture.source(server, new Position(Long.toString(NOON - 90_000_000)), null, 1 << 20);

        read(source, 2);

        assertThat(source.losses().gap()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void acceptsLiveMessagesIfThePositionIsInTheFuture() throws Exception {
        ScriptedServer server = fixture.server(
                peer -> WebSocketScript.accept(peer).text(post(1)).awaitClose());
        JetstreamSource source =
                fixture.source(server, new Position(Long.toString(NOON + 3_600_000_000L)), null, 1 << 20);

        assertThat(read(source, 1)).containsExactly(post(1));
    }

    @Test
    void dropsAndCountsGarbage() throws Exception {
        ScriptedServer server = fixture.server(peer -> WebSocketScript.accept(peer)
                .text("", "not json", "[]", "{}", "{\"time_us\":\"x\"}", "{\"time_us\":1e99,\"kind\":\"commit\"}")
                .text("{\"time_us\":-1,\"kind\":\"identity\"}", "{\"time_us\":5,\"kind\":\"commit\",\"commit\":{}}")
                .text("{\"time_us\":1.5,\"kind\":\"commit\"}", "[".repeat(5_000), "{\"a\":\"\u0001\"}")
                .binary(new byte[] {1, 2})
                .text(post(1))
                .awaitClose());
        JetstreamSource source = fixture.source(server);

        assertThat(read(source, 1)).containsExactly(post(1));
        assertThat(source.losses().malformed()).isEqualTo(12);
    }

    @Test
    void joinsFragmentsAndDropsLargeMessages() throws Exception {
        String large = message(NOON, "create", POSTS, "x".repeat(5_000));
        ScriptedServer server = fixture.server(peer -> WebSocketScript.accept(peer)
                .fragments(large, 700)
                .fragments(post(1), 3)
                .text(large)
                .text(post(2))
                .awaitClose());
        JetstreamSource source = fixture.source(server, null, null, 1_000);

        assertThat(read(source, 2)).containsExactly(post(1), post(2));
        assertThat(source.losses().malformed()).isEqualTo(2);
    }

    @Test
    void putsAPrettyPrintedMessageOnOneLine() throws Exception {
        ScriptedServer server = fixture.server(peer ->
                WebSocketScript.accept(peer).text(post(1).replace(",", ",\r\n")).awaitClose());

        assertThat(read(fixture.source(server), 1)).containsExactly(post(1).replace(",", ",  "));
    }

    @Test
    void namesWhatTheServerSaysToAnUnknownCollection() throws Exception {
        ScriptedServer server =
                fixture.server(peer -> peer.respond(400, "subscribe: invalid options: invalid collection: app.bsky\n"));
        JetstreamSource source = fixture.source(server);

        assertThatThrownBy(() -> source.read(Duration.ofSeconds(1)))
                .isInstanceOf(StreamException.class)
                .hasMessage("Jetstream at 127.0.0.1 rejected the subscription (HTTP 400: subscribe: invalid options:"
                        + " invalid collection: app.bsky). Correct \"collections\" or \"url\" in the stream file.");
    }

    @Test
    void refusesAPositionOfAnotherSource() throws Exception {
        ScriptedServer server = fixture.server();

        assertThatThrownBy(() -> fixture.source(server, new Position("file:3"), null, 1))
                .isInstanceOf(CorruptStreamException.class)
                .hasMessageStartingWith("The position in the checkpoint is not valid for this source: \"file:3\".");
    }

    @Test
    void measuresHowFarThePostsAreBehind() throws Exception {
        ScriptedServer server = fixture.server(peer ->
                WebSocketScript.accept(peer).text(post(1, NOON - 2_500_000)).awaitClose());
        JetstreamSource source = fixture.source(server);
        assertThat(source.status().lag()).isNull();
        assertThat(source.status().state()).isEqualTo("connecting");

        read(source, 1);

        assertThat(source.status().lag()).isEqualTo(Duration.ofMillis(2_500));
    }
}
