package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream reports about its runs. */
final class StreamStatusActionTest {
    private static final String SYNTHETIC = """
            {
              "name": "demo",
              "source": { "type": "synthetic", "posts": 3000 },
              "track": ["rocket"],
              "languages": ["en"]
            }
            """;

    @TempDir
    private Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() throws IOException {
        cli = new CliFixture(directory);
        Files.writeString(directory.resolve("stream.json"), SYNTHETIC);
    }

    @Test
    void lossesAreCountedOverAllStarts() throws IOException {
        Files.createDirectories(directory.resolve("archive"));
        Files.writeString(directory.resolve("archive/a.json"), "none\n{\"n\":1}\n");
        Files.writeString(
                directory.resolve("stream.json"),
                "{\"name\": \"demo\", \"source\": {\"type\": \"replay\", \"path\": \"archive\"}}");
        cli.run("-a", "start_stream");
        Files.writeString(directory.resolve("archive/b.json"), "none\nnone\n{\"n\":2}\n");
        assertThat(cli.run("-a", "start_stream", "--output", "json").out()).isEqualTo("""
                {
                  "stream" : "demo",
                  "end" : "exhausted",
                  "posts" : "DIR/.runner/streams/demo/posts",
                  "this_run" : {
                    "read" : 1,
                    "kept" : 1,
                    "kept_bytes" : 8,
                    "filtered" : 0,
                    "dead_letters" : 0,
                    "gap_seconds" : 0.0,
                    "repeated" : 0,
                    "malformed" : 2
                  },
                  "total" : {
                    "read" : 2,
                    "kept" : 2,
                    "kept_bytes" : 16,
                    "filtered" : 0,
                    "dead_letters" : 0,
                    "gap_seconds" : 0.0,
                    "repeated" : 0,
                    "malformed" : 3
                  }
                }
                """);

        assertThat(cli.run("-a", "stream_status").out()).contains("  losses   dropped 3 malformed\n");
        assertThat(cli.run("-a", "stream_status", "--output", "json").out()).contains("\"malformed\" : 3");
    }

    @Test
    void theStatusSaysWhyTheStreamEnded() throws IOException {
        cli.run("-a", "start_stream", "--posts", "1000");
        assertThat(cli.run("-a", "stream_status").out())
                .contains("  ended    2026-11-21T03:45:12Z, at the post limit\n");

        cli.run("-a", "start_stream");
        assertThat(cli.run("-a", "stream_status", "--output", "json").out()).contains("""
                  "end" : {
                    "reason" : "exhausted",
                    "time" : "2026-11-21T03:45:12Z",
                    "cause" : null
                  },
                """);
    }

    @Test
    void theStatusSaysWhyTheStreamFailed() throws IOException {
        Files.writeString(
                directory.resolve("stream.json"),
                "{\"name\": \"demo\", \"source\": {\"type\": \"x\"}, \"track\": [\"a\"], \"limits\": {\"posts\": 1}}");
        CommandResult started = cli.run("-a", "start_stream");
        assertThat(started.code()).isEqualTo(4);

        assertThat(cli.run("-a", "stream_status").out())
                .isEqualTo("""
                Stream demo: stopped; no checkpoint
                  ended    2026-11-21T03:45:12Z, by a failure: %s
                  posts    read 0, kept 0 (0 B), filtered 0, too large 0
                  writes   DIR/.runner/streams/demo/posts
                """.formatted(started.err().strip()));
    }

    @Test
    void aStreamThatWasNeverConnectedFails() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        Files.writeString(
                directory.resolve("stream.json"),
                "{\"name\": \"demo\", \"source\": {\"type\": \"jetstream\", \"url\": \"ws://127.0.0.1:" + port
                        + "\"}}");
        cli.withClock(Clock.systemUTC(), duration -> Thread.sleep(1));

        CommandResult started = cli.run("-a", "start_stream", "--duration", "1s");

        String sentence = "Stream demo was never connected to its source in this run, and read no posts (connection"
                + " refused). Check the network, and \"url\" in the stream file.";
        assertThat(started.code()).isEqualTo(4);
        assertThat(started.err())
                .startsWith("read 0 (0 per second), kept 0, not connected; retrying")
                .endsWith(sentence + "\n");
        assertThat(cli.run("-a", "stream_status").out()).contains(", by a failure: " + sentence + "\n");
    }

    @Test
    void theStatusSaysThatAKilledStreamDidNotEndByItself() throws IOException {
        cli.run("-a", "start_stream", "--posts", "1000");
        Path run = directory.resolve(".runner/streams/demo/run.json");
        Files.writeString(run, "{ \"started\": \"2026-11-21T03:00:00Z\" }");

        assertThat(cli.run("-a", "stream_status").out())
                .contains("  ended    not by itself: its process was killed, or the computer stopped. The next start"
                        + " continues at the last checkpoint.\n");
        assertThat(cli.run("-a", "stream_status", "--output", "json").out()).contains("\"reason\" : \"killed\"");

        Files.delete(run);
        assertThat(cli.run("-a", "stream_status").out())
                .as("started by an earlier version")
                .startsWith("Stream demo: stopped; last checkpoint ")
                .doesNotContain("ended");
    }
}
