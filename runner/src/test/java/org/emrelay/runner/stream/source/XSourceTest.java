package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.stream.source.XFixture.RULES;
import static org.emrelay.runner.stream.source.XFixture.STREAM;
import static org.emrelay.runner.stream.source.XFixture.answer;
import static org.emrelay.runner.stream.source.XFixture.chunks;
import static org.emrelay.runner.stream.source.XFixture.dropAfter;
import static org.emrelay.runner.stream.source.XFixture.post;
import static org.emrelay.runner.stream.source.XFixture.read;
import static org.emrelay.runner.stream.source.XFixture.send;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class XSourceTest {
    private final XFixture fixture = new XFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void emitsPostsAsSent() throws Exception {
        String rows = "\r\n" + post(1) + "\r\n\r\n" + post(2) + "\r\n";
        FakeX x = fixture.x(chunks(rows.substring(0, 40), rows.substring(40, 45), rows.substring(45)));
        XSource source = fixture.source(x);

        assertThat(read(source, 2)).containsExactly(post(1), post(2));
        assertThat(x.requests()).containsExactly("GET " + RULES, "POST " + RULES, STREAM);
        assertThat(source.status().state()).isEqualTo("connected");
        assertThat(source.status().lag()).isEqualTo(Duration.ofSeconds(3));
        assertThat(source.losses().gap()).isZero();
        assertThat(source.losses().malformed()).isZero();
    }

    @Test
    void slowBytesBecomeAPost() throws Exception {
        FakeX x = fixture.x(chunks((post(1) + "\n").split("(?<=\\G.{1})")));

        assertThat(read(fixture.source(x), 1)).containsExactly(post(1));
    }

    @Test
    void thePositionIsTheIdOfThePost() throws Exception {
        XSource source = fixture.source(fixture.x(chunks(post(17) + "\n")));

        Optional<Post> read = Optional.empty();
        while (read.isEmpty()) {
            read = source.read(Duration.ofSeconds(1));
        }

        assertThat(read.get().position()).isEqualTo(new Position("17"));
    }

    @Test
    void dropsWhatComesAgainAndReportsTheGap() throws Exception {
        CountDownLatch drop = new CountDownLatch(1);
        FakeX x = fixture.x(
                peer -> {
                    send(peer, post(1) + "\n", post(2) + "\n");
                    await(drop);
                },
                answer(503, "<html><b>Over capacity</b></html>"),
                answer(503, ""),
                chunks(post(2) + "\n" + post(3) + "\n"));
        XSource source = fixture.source(x);
        read(source, 2);
        fixture.time().advance(Duration.ofMinutes(2));
        drop.countDown();

        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();
        // A good connection: the next attempt is made at once, in the same read or in the next.
        while (source.status().state().startsWith("reconnecting: ")) {
            source.read(Duration.ofSeconds(20));
        }
        assertThat(source.status().state()).isEqualTo("reconnecting in 5 s: HTTP 503: Over capacity");
        assertThat(read(source, 1)).containsExactly(post(3));

        assertThat(source.losses().repeated()).isEqualTo(1);
        assertThat(source.status().connections()).isEqualTo(2);
        // The server was silent for the two minutes, and then came two pauses.
        assertThat(source.losses().gap()).isEqualTo(Duration.ofMinutes(2).plusSeconds(5 + 10));
        fixture.time().advance(Duration.ofMinutes(1));
        assertThat(source.losses().gap()).isEqualTo(Duration.ofMinutes(2).plusSeconds(5 + 10));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            throw new IOException(exception);
        }
    }

    @Test
    void pausesAsXAsks() throws Exception {
        String reset = String.valueOf(FakeTime.START.getEpochSecond() + 1_000);
        FakeX x = fixture.x(
                dropAfter(),
                dropAfter(),
                answer(503, ""),
                answer(500, ""),
                answer(429, "{\"title\":\"Too Many Requests\"}"),
                answer(429, "{\"title\":\"Too Many Requests\"}"),
                answer(429, "", "x-rate-limit-remaining: 0", "x-rate-limit-reset: " + reset),
                answer(429, "", "x-rate-limit-remaining: 48", "x-rate-limit-reset: 99999999999"),
                answer(429, "", "x-rate-limit-reset: 99999999999"),
                answer(429, "", "x-rate-limit-reset: garbage"),
                dropAfter(),
                dropAfter());
        XSource source = fixture.source(x);
        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();

        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMillis(250));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMillis(500));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofSeconds(5));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofSeconds(10));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMinutes(1));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMinutes(2));
        // It is 195.75 s after the start.
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMillis(1_001_000 - 195_750));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMinutes(8));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMinutes(16));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMinutes(16));
        assertThat(fixture.nextPause(source)).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void reconnectsWhenXAnnouncesTheEnd() throws Exception {
        String operational = "{\"errors\":[{\"title\":\"operational-disconnect\",\"disconnect_type\":"
                + "\"UpstreamOperationalDisconnect\",\"detail\":\"This stream has been disconnected upstream.\","
                + "\"type\":\"https://api.x.com/2/problems/operational-disconnect\"}]}\n";
        String connections =
                "{\"title\":\"ConnectionException\",\"detail\":\"This stream is at the limit of " + FakeX.TOKEN
                        + "\",\"connection_issue\":\"TooManyConnections\",\"type\":\"https://api.x.com/2/problems/streaming-connection\"}\n";
        FakeX x = fixture.x(chunks(operational), chunks(connections), chunks(post(1) + "\n"));
        XSource source = fixture.source(x);

        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();
        assertThat(source.status().state())
                .isEqualTo("reconnecting in 5 s: operational-disconnect: This stream has been disconnected upstream.");
        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();
        assertThat(source.status().state())
                .isEqualTo("reconnecting in 60 s: ConnectionException: This stream is at the limit of ***");
        assertThat(read(source, 1)).containsExactly(post(1));
    }

    @Test
    void keepsAPostThatHasAlsoErrors() throws Exception {
        String partial = post(1).replace("}]", "}],\"errors\":[{\"title\":\"Not Found Error\"}]")
                .replace("\"matching_rules\":[]", "\"errors\":[{\"title\":\"Not Found Error\"}]");

        assertThat(read(fixture.source(fixture.x(chunks(partial + "\n"))), 1)).containsExactly(partial);
    }

    @Test
    void leavesASilentConnection() throws Exception {
        FakeX x = fixture.x(chunks(post(1) + "\n", "\r\n"), chunks(post(2) + "\n"));
        XSource source = fixture.source(x);
        read(source, 1);

        fixture.time().advance(Duration.ofSeconds(29));
        source.read(Duration.ofMillis(1));
        assertThat(source.status().state()).isEqualTo("connected");
        fixture.time().advance(Duration.ofSeconds(30));
        source.read(Duration.ofMillis(1));

        assertThat(source.status().state()).matches("reconnecting in 1 s: no data for \\d+ s");
        assertThat(read(source, 1)).containsExactly(post(2));
    }

    @Test
    void dropsAndCountsGarbageAndLongLines() throws Exception {
        String nested = "[".repeat(900);
        FakeX x = fixture.x(chunks(
                "garbage\n[]\n{}\n{\"data\":{}}\n" + nested + "\n",
                "x".repeat(600),
                "x".repeat(600),
                "\n" + post(1) + "\n"));
        XSource source = fixture.source(x);

        assertThat(read(source, 1)).containsExactly(post(1));
        assertThat(source.losses().malformed()).isEqualTo(6);
    }

    @Test
    void aLineThatIsCutOffIsNoPost() throws Exception {
        FakeX x = fixture.x(
                peer -> {
                    send(peer, post(1).substring(0, 50));
                    FakeX.end(peer);
                },
                chunks(post(2) + "\n"));

        assertThat(read(fixture.source(x), 1)).containsExactly(post(2));
    }

    @Test
    void closingEndsTheConnectionAndTheThreads() throws Exception {
        FakeX x = fixture.x(chunks(post(1) + "\n"));
        XSource source = fixture.source(x);
        read(source, 1);
        List<Thread> ours = SourceThreads.of("x");

        source.close();

        assertThat(x.server().peers().get(2).hasEnded()).isTrue();
        SourceThreads.join(ours);
        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();
    }

    @Test
    void anInterruptEndsARead() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        FakeX x = fixture.x(peer -> {
            stalled.countDown();
            peer.awaitClose();
        });
        XSource source = fixture.source(x);
        Thread reader = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                stalled.await();
            } catch (InterruptedException exception) {
                throw new IllegalStateException(exception);
            }
            reader.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> source.read(Duration.ofMinutes(10))).isInstanceOf(InterruptedException.class);
        interrupter.join();
        assertThat(x.server().peers().get(2).hasEnded()).isTrue();
    }
}
