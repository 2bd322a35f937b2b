package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.emrelay.runner.model.StreamDefinition.Sink;
import org.emrelay.runner.model.StreamSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamFileReaderTest {
    @TempDir
    private Path directory;

    @Test
    void readsEveryKey() throws IOException {
        assertThat(definition("""
                {
                  "$schema": "schemas/stream.schema.json",
                  "name": "launches",
                  "source": {
                    "type": "jetstream",
                    "url": "ws://localhost:6008/subscribe",
                    "collections": ["app.bsky.feed.post", "app.bsky.graph.*"],
                    "start": "2026-12-01T06:00:00+01:00"
                  },
                  "track": ["SpaceX", "falcon 9"],
                  "languages": ["en", "de"],
                  "sink": {
                    "directory": "posts",
                    "bucket": "my-bucket",
                    "prefix": "raw/posts",
                    "error_prefix": "raw/errors/",
                    "buffer_mb": 5,
                    "buffer_seconds": 60,
                    "compression": "none"
                  },
                  "limits": { "posts": 1000, "duration": "1h30m", "cost": 2.5 }
                }
                """))
                .isEqualTo(new StreamDefinition(
                        "launches",
                        new StreamSource.Jetstream(
                                URI.create("ws://localhost:6008/subscribe"),
                                List.of("app.bsky.feed.post", "app.bsky.graph.*"),
                                Instant.parse("2026-12-01T05:00:00Z")),
                        List.of("SpaceX", "falcon 9"),
                        List.of("en", "de"),
                        new Sink(
                                directory.resolve("posts"),
                                "my-bucket",
                                "raw/posts/",
                                "raw/errors/",
                                5 * 1024 * 1024,
                                Duration.ofMinutes(1),
                                Compression.NONE),
                        new Limits(1_000L, Duration.ofMinutes(90), 2.5)));
    }

    @Test
    void appliesDefaults() throws IOException {
        assertThat(definition("{\"name\": \"all\", \"source\": {\"type\": \"jetstream\"}}"))
                .isEqualTo(new StreamDefinition(
                        "all",
                        new StreamSource.Jetstream(
                                URI.create("wss://jetstream2.us-east.bsky.network/subscribe"),
                                List.of("app.bsky.feed.post"),
                                null),
                        List.of(),
                        List.of(),
                        new Sink(
                                null,
                                null,
                                "posts/",
                                "posts-errors/",
                                64 * 1024 * 1024,
                                Duration.ofMinutes(5),
                                Compression.GZIP),
                        Limits.NONE));
    }

    @Test
    void readsTheOtherSources() throws IOException {
        Path archive = Files.createDirectory(directory.resolve("archive"));

        assertThat(source("{\"type\": \"replay\", \"path\": \"archive\", \"rate\": 0.5}"))
                .isEqualTo(new StreamSource.Replay(archive, 0.5));
        assertThat(source("{\"type\": \"synthetic\", \"seed\": 7, \"posts\": 100}"))
                .isEqualTo(new StreamSource.Synthetic(null, 7, 100L));
        assertThat(source("{\"type\": \"x\"}"))
                .isEqualTo(new StreamSource.X(URI.create("https://api.x.com/2"), "X_BEARER_TOKEN"));
    }

    private StreamSource source(String source) throws IOException {
        return definition(
                        "{\"name\": \"s\", \"track\": [\"a\"], \"limits\": {\"posts\": 1}, \"source\": " + source + "}")
                .source();
    }

    @Test
    void reportsAllProblemsAtOnce() throws IOException {
        assertThat(problems("""
                {
                  "name": "My stream",
                  "source": { "type": "jetstream", "url": "https://example.com", "collections": ["post"], "start": "today", "rate": 5 },
                  "track": ["...", "Apollo", "apollo"],
                  "languages": ["English"],
                  "sink": {
                    "directory": "s3://bucket/posts", "bucket": "s3://bucket", "prefix": "../x", "error_prefix": "posts/errors/",
                    "buffer_mb": 0, "buffer_seconds": 5, "compression": "zip"
                  },
                  "limits": { "posts": 0, "duration": "2", "cost": 0 },
                  "filter": {}
                }
                """))
                .containsExactlyInAnyOrder(
                        "filter: unknown key 'filter'. Known keys: name, source, track, languages, sink, limits.",
                        "name: 'My stream' is not a valid stream name. Use at most 30 lower case letters, digits and"
                                + " single hyphens, such as launches.",
                        "source.rate: is not a key of source type jetstream. Remove it.",
                        "source.url: is not a URL with wss://, a host and no credentials. Remove it for"
                                + " wss://jetstream2.us-east.bsky.network/subscribe.",
                        "source.collections[0]: 'post' is not a collection, such as app.bsky.feed.post.",
                        "source.start: 'today' is not a time with a zone. Example: 2026-12-01T06:00:00Z.",
                        "track[0]: '...' has no letter or digit, so no post contains it as a word.",
                        "track[2]: 'apollo' is listed twice. Case is ignored.",
                        "languages[0]: 'English' is not a language code in lower case, such as en.",
                        "sink.directory: 's3://bucket/posts' is not a local directory. To write to S3 through"
                                + " Firehose, set sink.bucket and pass -t emr.",
                        "sink.bucket: 's3://bucket' is not a valid bucket name. Use the bare name without s3://, and put the path into prefix.",
                        "sink.prefix: '../x' is not a valid prefix. Use letters, digits and _ . = - between slashes, such as posts/launches/. The"
                                + " hour is appended.",
                        "sink.error_prefix: 'posts/errors/' is below the prefix 'posts/', so records that cannot be"
                                + " delivered would be read as posts. Choose another prefix, such as posts-errors/.",
                        "sink.buffer_mb: must be between 1 and 128, not 0.",
                        "sink.buffer_seconds: must be between 60 and 900, not 5.",
                        "sink.compression: must be one of gzip, none, not 'zip'. Did you mean 'gzip'?",
                        "limits.posts: must be at least 1, not 0.",
                        "limits.duration: '2' has no unit: use 2s, 2m or 2h.",
                        "limits.cost: must be more than 0 dollars, not 0.0.");
    }

    @Test
    void paidSourceNeedsTermsAndALimit() throws IOException {
        assertThat(problems("{\"name\": \"s\", \"source\": {\"type\": \"x\"}, \"limits\": {\"duration\": \"1h\"}}"))
                .containsExactly(
                        "track: is empty, but X sends only posts that match a term. Name the terms to track.",
                        "limits: sets neither posts nor cost, but each post from X costs money. Set \"limits\":"
                                + " {\"posts\": 10000}, or {\"cost\": 50} in dollars.");
    }

    @Test
    void neverRepeatsWhatMayBeAToken() throws IOException {
        assertThat(
                        problems(
                                "{\"name\": \"s\", \"track\": [\"a\"], \"limits\": {\"posts\": 1}, \"source\": {\"type\": \"x\", \"token\": \"AAAAsecret\"}}"))
                .containsExactly(
                        "source.token: is not the name of an environment variable. Put the bearer token into a variable such as"
                                + " X_BEARER_TOKEN, never into a file, and set this key to the name of the variable.");
    }

    @Test
    void replayNeedsFilesThatExist() throws IOException {
        Files.createDirectory(directory.resolve("archive"));

        assertThat(problems("{\"name\": \"s\", \"source\": {\"type\": \"replay\", \"path\": \"archives\"}}"))
                .containsExactly(
                        "source.path: " + directory.resolve("archives") + " not found. Did you mean 'archive'?");
        assertThat(problems("{\"name\": \"s\", \"source\": {\"type\": \"replay\"}}"))
                .containsExactly("source.path: required key is missing. Name a file or a directory of JSON lines.");
    }

    @Test
    void suggestsTypes() throws IOException {
        assertThat(problems("{\"name\": \"s\", \"source\": {\"type\": \"jetsream\"}}"))
                .containsExactly(
                        "source.type: must be one of jetstream, x, replay, synthetic, not 'jetsream'. Did you mean 'jetstream'?");
        assertThat(problems("[]")).containsExactly("must be an object, not a list.");
    }

    private StreamDefinition definition(String json) throws IOException {
        ParseResult<StreamDefinition> parsed = read(json);
        assertThat(parsed.problems()).isEmpty();
        return parsed.usable().orElseThrow();
    }

    private List<String> problems(String json) throws IOException {
        ParseResult<StreamDefinition> parsed = read(json);
        assertThat(parsed.usable()).isEmpty();
        return parsed.problems().stream()
                .map(Problem::toLine)
                .map(line -> line.substring("stream.json: ".length()))
                .toList();
    }

    private ParseResult<StreamDefinition> read(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("stream.json"), json);
        return StreamFileReader.read(file, "stream.json");
    }
}
