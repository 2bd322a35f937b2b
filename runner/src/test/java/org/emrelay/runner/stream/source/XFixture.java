package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.StreamSource;

/** Sources of X and the servers that they read, which follow scripts. */
final class XFixture implements AutoCloseable {
    static final String STREAM = "GET /2/tweets/search/stream?tweet.fields=created_at,lang,author_id,referenced_tweets";
    static final String RULES = "/2/tweets/search/stream/rules";

    private final FakeTime time = new FakeTime();
    private final List<AutoCloseable> opened = new ArrayList<>();

    FakeTime time() {
        return time;
    }

    void closeLater(AutoCloseable server) {
        opened.add(server);
    }

    FakeX x(ScriptedServer.Script... streams) throws IOException {
        FakeX x = new FakeX(streams);
        opened.add(0, x);
        return x;
    }

    XSource source(FakeX x) {
        return source(x, FakeX.TOKEN, "spacex");
    }

    XSource source(FakeX x, String token, String... track) {
        return source(x.url(), token, track);
    }

    XSource source(String url, String token, String... track) {
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

    static String post(int id) {
        return "{\"data\":{\"id\":\"" + id
                + "\",\"text\":\"héllo 🚀\",\"created_at\":\"2026-12-01T11:59:57.000Z\"},\"matching_rules\":[]}";
    }

    /** A connection that sends these chunks and stays open. */
    static ScriptedServer.Script chunks(String... chunks) {
        return peer -> {
            send(peer, chunks);
            peer.awaitClose();
        };
    }

    /** A connection that sends these chunks, and breaks. */
    static ScriptedServer.Script dropAfter(String... chunks) {
        return peer -> send(peer, chunks);
    }

    static void send(Peer peer, String... chunks) throws IOException {
        FakeX.open(peer);
        for (String chunk : chunks) {
            FakeX.chunk(peer, chunk);
        }
    }

    static ScriptedServer.Script answer(int status, String body, String... headers) {
        return peer -> peer.respond(status, body, headers);
    }

    static List<String> read(XSource source, int count) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            source.read(Duration.ofSeconds(1))
                    .map(post -> new String(post.line(), StandardCharsets.UTF_8))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    /** The pause before the next attempt, which fails too. */
    Duration nextPause(XSource source) throws InterruptedException {
        time.slept();
        assertThat(source.read(Duration.ofHours(1))).isEmpty();
        return time.slept();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
