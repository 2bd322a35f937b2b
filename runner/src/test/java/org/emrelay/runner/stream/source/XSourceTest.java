package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class XSourceTest {
    private static final String STREAM =
            "GET /2/tweets/search/stream?tweet.fields=created_at,lang,author_id,referenced_tweets";
    private static final String RULES = "/2/tweets/search/stream/rules";

    private final FakeTime time = new FakeTime();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private FakeX x(ScriptedServer.Script... streams) throws IOException {
        FakeX x = new FakeX(streams);
        opened.add(0, x);
        return x;
    }

    private XSource source(FakeX x) {
        return source(x, FakeX.TOKEN, "spacex");
    }

    private XSource source(FakeX x, String token, String... track) {
        return source(x.url(), token, track);
    }

    private XSource source(String url, String token, String... track) {
        XSource source = new XSource(
                "launches",
                new StreamSource.X(URI.create(url), "X_TOKEN"),
                XRules.of(List.of(track), List.of()),
                BearerToken.read("X_TOKEN", Map.of("X_TOKEN", token)),
                new SourceLimits(Duration.ofSeconds(20), Duration.ofSeconds(30), 1_000, time::nanos),
                time,
                time);
        opened.add(0, source);
        return source;
    }

    private static String post(int id) {
        return "{\"data\":{\"id\":\"" + id
                + "\",\"text\":\"héllo 🚀\",\"created_at\":\"2026-12-01T11:59:57.000Z\"},\"matching_rules\":[]}";
    }

    /** A connection that sends these chunks and stays open. */
    private static ScriptedServer.Script chunks(String... chunks) {
        return peer -> {
            send(peer, chunks);
            peer.awaitClose();
        };
    }

    /** A connection that sends these chunks, and breaks. */
    private static ScriptedServer.Script dropAfter(String... chunks) {
        return peer -> send(peer, chunks);
    }

    private static void send(Peer peer, String... chunks) throws IOException {
        FakeX.open(peer);
        for (String chunk : chunks) {
            FakeX.chunk(peer, chunk);
        }
    }

    private static ScriptedServer.Script answer(int status, String body, String... headers) {
        return peer -> peer.respond(status, body, headers);
    }

    private static List<String> read(XSource source, int count) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            source.read(Duration.ofSeconds(1))
                    .map(post -> new String(post.line(), StandardCharsets.UTF_8))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    /** The pause before the next attempt, which fails too. */
    private Duration nextPause(XSource source) throws InterruptedException {
        time.slept();
        assertThat(source.read(Duration.ofHours(1))).isEmpty();
        return time.slept();
    }

    @Test
    void emitsPostsAsSent() throws Exception {
        String rows = "\r\n" + post(1) + "\r\n\r\n" + post(2) + "\r\n";
        FakeX x = x(chunks(rows.substring(0, 40), rows.substring(40, 45), rows.substring(45)));
        XSource source = source(x);

        assertThat(read(source, 2)).containsExactly(post(1), post(2));
        assertThat(x.requests()).containsExactly("GET " + RULES, "POST " + RULES, STREAM);
        assertThat(source.status().state()).isEqualTo("connected");
        assertThat(source.status().lag()).isEqualTo(Duration.ofSeconds(3));
        assertThat(source.losses().gap()).isZero();
        assertThat(source.losses().malformed()).isZero();
    }

    @Test
    void slowBytesBecomeAPost() throws Exception {
        FakeX x = x(chunks((post(1) + "\n").split("(?<=\\G.{1})")));

        assertThat(read(source(x), 1)).containsExactly(post(1));
    }

    @Test
    void thePositionIsTheIdOfThePost() throws Exception {
        XSource source = source(x(chunks(post(17) + "\n")));

        Optional<Post> read = Optional.empty();
        while (read.isEmpty()) {
            read = source.read(Duration.ofSeconds(1));
        }

        assertThat(read.get().position()).isEqualTo(new Position("17"));
    }

    @Test
    void createsMissingRulesAndDeletesOnlyItsOwnOnes() throws Exception {
        FakeX x = x(chunks(post(1) + "\n"))
                .withRule("cats", "mine")
                .withRule("old", "emrelay:launches")
                .withRule("spacex", "emrelay:launches")
                .withRule("older", "emrelay:launches")
                .withRule("dogs", "emrelay:launches2");
        XSource source = source(x, FakeX.TOKEN, "falcon 9", "spacex");

        read(source, 1);

        assertThat(x.rules())
                .containsExactly("mine cats", "emrelay:launches2 dogs", "emrelay:launches \"falcon 9\" OR spacex");
        assertThat(source.status().state())
                .isEqualTo("connected; X also sends, and charges for, posts that 2 other rules match");
        assertThat(source.deleteRules()).isEqualTo(1);
        assertThat(x.rules()).containsExactly("mine cats", "emrelay:launches2 dogs");
    }

    @Test
    void acceptsARuleThatExistsWithAnotherTag() throws Exception {
        FakeX x = x(chunks(post(1) + "\n")).withRule("spacex", "mine");

        assertThat(read(source(x), 1)).containsExactly(post(1));
        assertThat(x.rules()).containsExactly("mine spacex");
    }

    @Test
    void namesTheTermThatXRefusesAndLeavesNoRule() throws Exception {
        FakeX x = x();
        XSource source = source(x, FakeX.TOKEN, "spacex", "is refused", "w".repeat(500));

        assertThatThrownBy(() -> source.read(Duration.ofSeconds(20)))
                .isInstanceOf(StreamException.class)
                .hasMessage(
                        "X rejected track term \"is refused\" (UnprocessableEntity: no viable alternative at character"
                                + " 'r'). Change \"track\" or \"languages\" in the stream file.");
        assertThat(x.rules()).isEmpty();
    }

    @Test
    void dropsWhatComesAgainAndReportsTheGap() throws Exception {
        CountDownLatch drop = new CountDownLatch(1);
        FakeX x = x(
                peer -> {
                    send(peer, post(1) + "\n", post(2) + "\n");
                    await(drop);
                },
                answer(503, "<html><b>Over capacity</b></html>"),
                answer(503, ""),
                chunks(post(2) + "\n" + post(3) + "\n"));
        XSource source = source(x);
        read(source, 2);
        time.advance(Duration.ofMinutes(2));
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
        time.advance(Duration.ofMinutes(1));
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
        FakeX x = x(
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
        XSource source = source(x);
        assertThat(source.read(Duration.ofSeconds(20))).isEmpty();

        assertThat(nextPause(source)).isEqualTo(Duration.ofMillis(250));
        assertThat(nextPause(source)).isEqualTo(Duration.ofMillis(500));
        assertThat(nextPause(source)).isEqualTo(Duration.ofSeconds(5));
        assertThat(nextPause(source)).isEqualTo(Duration.ofSeconds(10));
        assertThat(nextPause(source)).isEqualTo(Duration.ofMinutes(1));
        assertThat(nextPause(source)).isEqualTo(Duration.ofMinutes(2));
        // It is 195.75 s after the start.
        assertThat(nextPause(source)).isEqualTo(Duration.ofMillis(1_001_000 - 195_750));
        assertThat(nextPause(source)).isEqualTo(Duration.ofMinutes(8));
        assertThat(nextPause(source)).isEqualTo(Duration.ofMinutes(16));
        assertThat(nextPause(source)).isEqualTo(Duration.ofMinutes(16));
        assertThat(nextPause(source)).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void reconnectsWhenXAnnouncesTheEnd() throws Exception {
        String operational = "{\"errors\":[{\"title\":\"operational-disconnect\",\"disconnect_type\":"
                + "\"UpstreamOperationalDisconnect\",\"detail\":\"This stream has been disconnected upstream.\","
                + "\"type\":\"https://api.x.com/2/problems/operational-disconnect\"}]}\n";
        String connections =
                "{\"title\":\"ConnectionException\",\"detail\":\"This stream is at the limit of " + FakeX.TOKEN
                        + "\",\"connection_issue\":\"TooManyConnections\",\"type\":\"https://api.x.com/2/problems/streaming-connection\"}\n";
        FakeX x = x(chunks(operational), chunks(connections), chunks(post(1) + "\n"));
        XSource source = source(x);

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

        assertThat(read(source(x(chunks(partial + "\n"))), 1)).containsExactly(partial);
    }

    @Test
    void createsItsRulesAgainIfTheyAreGone() throws Exception {
        FakeX x = x(
                answer(409, "{\"title\":\"ConnectionException\",\"connection_issue\":\"RuleConfigurationIssue\"}"),
                chunks(post(1) + "\n"));

        read(source(x), 1);

        assertThat(x.requests())
                .filteredOn(request -> request.equals("GET " + RULES))
                .hasSize(2);
    }

    @Test
    void leavesASilentConnection() throws Exception {
        FakeX x = x(chunks(post(1) + "\n", "\r\n"), chunks(post(2) + "\n"));
        XSource source = source(x);
        read(source, 1);

        time.advance(Duration.ofSeconds(29));
        source.read(Duration.ofMillis(1));
        assertThat(source.status().state()).isEqualTo("connected");
        time.advance(Duration.ofSeconds(30));
        source.read(Duration.ofMillis(1));

        assertThat(source.status().state()).matches("reconnecting in 1 s: no data for \\d+ s");
        assertThat(read(source, 1)).containsExactly(post(2));
    }

    @Test
    void dropsAndCountsGarbageAndLongLines() throws Exception {
        String nested = "[".repeat(900);
        FakeX x = x(chunks(
                "garbage\n[]\n{}\n{\"data\":{}}\n" + nested + "\n",
                "x".repeat(600),
                "x".repeat(600),
                "\n" + post(1) + "\n"));
        XSource source = source(x);

        assertThat(read(source, 1)).containsExactly(post(1));
        assertThat(source.losses().malformed()).isEqualTo(6);
    }

    @Test
    void aLineThatIsCutOffIsNoPost() throws Exception {
        FakeX x = x(
                peer -> {
                    send(peer, post(1).substring(0, 50));
                    FakeX.end(peer);
                },
                chunks(post(2) + "\n"));

        assertThat(read(source(x), 1)).containsExactly(post(2));
    }

    @Test
    void saysThatATokenIsRefusedWithoutShowingIt() throws Exception {
        XSource source = source(x(), "another-secret", "spacex");

        assertThatThrownBy(() -> source.read(Duration.ofSeconds(20)))
                .isInstanceOf(StreamException.class)
                .hasMessage("X rejected the bearer token in X_TOKEN (HTTP 401: Unauthorized: Unauthorized). Set the"
                        + " variable to a valid token, from X's developer console.");
    }

    @Test
    void saysWhatTheUserMustDoAboutOtherRefusals() throws Exception {
        assertThat(refusal(402, "{\"title\":\"CreditsDepleted\",\"detail\":\"for " + FakeX.TOKEN + "\"}"))
                .isEqualTo("The app of the bearer token in X_TOKEN has no credits left on X (HTTP 402:"
                        + " CreditsDepleted: for ***). Buy credits in X's developer console.");
        assertThat(refusal(403, "{\"title\":\"Client Forbidden\"}"))
                .isEqualTo(
                        "X does not allow the app of the bearer token in X_TOKEN to use the filtered stream (HTTP 403:"
                                + " Client Forbidden). Check its access in X's developer console.");
        assertThat(refusal(404, "nginx"))
                .isEqualTo(
                        "X rejected GET /2/tweets/search/stream (HTTP 404: nginx). Check \"url\" in the stream file.");
        assertThat(refusal(302, ""))
                .isEqualTo("X rejected GET /2/tweets/search/stream (HTTP 302). Check \"url\" in the stream file.");
        assertThat(refusal(
                        429, "{\"title\":\"UsageCapExceeded\",\"type\":\"https://api.x.com/2/problems/usage-capped\"}"))
                .isEqualTo(
                        "The app has exhausted its quota of posts on X (HTTP 429: UsageCapExceeded). Raise the limit in"
                                + " X's developer console, or wait for the next billing period.");
    }

    private String refusal(int status, String body) throws Exception {
        XSource source = source(x(answer(status, body)));
        try {
            source.read(Duration.ofSeconds(20));
            return "no refusal: " + source.status();
        } catch (StreamException exception) {
            return exception.message();
        }
    }

    @Test
    void readsOnlyTheStartOfAnEndlessError() throws Exception {
        FakeX x = x(
                peer -> {
                    peer.send("HTTP/1.1 500 Error\r\n\r\n");
                    while (true) {
                        peer.send("x".repeat(1 << 16));
                    }
                },
                chunks(post(1) + "\n"));

        assertThat(read(source(x), 1)).containsExactly(post(1));
    }

    @Test
    void deletingGivesUpIfXDoesNotAnswer() throws Exception {
        ScriptedServer silent = new ScriptedServer();
        opened.add(silent);
        XSource source = source("http://127.0.0.1:" + silent.port(), FakeX.TOKEN, "spacex");

        assertThatThrownBy(source::deleteRules)
                .isInstanceOf(StreamException.class)
                .hasMessageStartingWith("X did not delete the rules (")
                .hasMessageEndingWith("). Wait some minutes.");
        assertThat(time.slept()).isEqualTo(Duration.ofMillis(250 + 500 + 750 + 1_000));
    }

    @Test
    void refusesAnAbsentOrBrokenTokenAndAnOpenUrl() {
        StreamSource.X source = new StreamSource.X(URI.create("https://api.x.com/2"), "X_TOKEN");

        assertThatThrownBy(() -> open(source, Map.of()))
                .hasMessage("The environment variable X_TOKEN is not set. Set it to the bearer token of your app, from"
                        + " X's developer console.");
        assertThatThrownBy(() -> open(source, Map.of("X_TOKEN", "two secrets")))
                .hasMessage("The environment variable X_TOKEN is not a bearer token, because it contains spaces or"
                        + " non-ASCII characters. Copy the token again from X's developer console.");
        assertThatThrownBy(() ->
                        open(new StreamSource.X(URI.create("http://api.x.com/2"), "X_TOKEN"), Map.of("X_TOKEN", "a\n")))
                .hasMessage("The \"url\" of source \"x\" does not use https, and would expose the bearer token."
                        + " Correct it in the stream file.");
    }

    private XSource open(StreamSource.X source, Map<String, String> environment) {
        return XSource.open("launches", source, List.of("spacex"), List.of(), environment, time, time);
    }

    @Test
    void closingEndsTheConnectionAndTheThreads() throws Exception {
        FakeX x = x(chunks(post(1) + "\n"));
        XSource source = source(x);
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
        FakeX x = x(peer -> {
            stalled.countDown();
            peer.awaitClose();
        });
        XSource source = source(x);
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
