package org.emrelay.runner.stream.source;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;

/** Sources of Jetstream and the servers that they read, which follow scripts. */
final class JetstreamFixture implements AutoCloseable {
    static final long NOON = 1_796_126_400_000_000L;
    static final String POSTS = "app.bsky.feed.post";

    private final FakeTime time = new FakeTime();
    private final List<AutoCloseable> opened = new ArrayList<>();

    FakeTime time() {
        return time;
    }

    ScriptedServer server(ScriptedServer.Script... scripts) throws IOException {
        ScriptedServer server = new ScriptedServer(scripts);
        opened.add(0, server);
        return server;
    }

    JetstreamSource source(ScriptedServer server) {
        return source(server, null, null, 1 << 20);
    }

    JetstreamSource source(ScriptedServer server, Position position, Instant start, int maxMessage) {
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

    static String post(int number) {
        return post(number, NOON + number);
    }

    static String post(int number, long micros) {
        return message(micros, "create", POSTS, "r" + number);
    }

    static String message(long micros, String operation, String collection, String key) {
        return "{\"did\":\"did:plc:a\",\"time_us\":" + micros
                + ",\"kind\":\"commit\",\"commit\":{\"rev\":\"1\",\"operation\":\""
                + operation + "\",\"collection\":\"" + collection + "\",\"rkey\":\"" + key
                + "\",\"record\":{\"text\":\"héllo 🚀\"}}}";
    }

    static List<String> read(JetstreamSource source, int count) throws InterruptedException {
        return posts(source, count).stream().map(JetstreamFixture::text).toList();
    }

    static List<Post> posts(JetstreamSource source, int count) throws InterruptedException {
        List<Post> posts = new ArrayList<>();
        while (posts.size() < count) {
            source.read(Duration.ofSeconds(1)).ifPresent(posts::add);
        }
        return posts;
    }

    static String text(Post post) {
        return new String(post.line(), StandardCharsets.UTF_8);
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            throw new IOException(exception);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
