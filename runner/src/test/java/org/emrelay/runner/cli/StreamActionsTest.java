package org.emrelay.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamActionsTest {
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
    void plansWithoutANetwork() {
        assertThat(cli.run("-a", "plan", "-stream", "stream.json")).isEqualTo(new CommandResult(0, """
                Stream demo
                  reads    synthetic: 3,000 posts with seed 1 at full speed
                  keeps    posts with 'rocket' in en
                  writes   DIR/.runner/streams/demo/posts/yyyy/MM/dd/HH/, a file every 5 min 00 s or 64 MB, gzipped
                  stops    at the end of the source, on Ctrl-C or stop_stream
                  costs    1,000,000 posts from synthetic: $0
                """, ""));
        assertThat(directory.resolve(".runner")).doesNotExist();
    }

    @Test
    void plansWhatAPaidSourceCosts() throws IOException {
        Files.writeString(
                directory.resolve("x.json"),
                "{\"name\": \"x\", \"source\": {\"type\": \"x\"}, \"track\": [\"falcon 9\"], \"limits\": {\"posts\": 1162432}}");

        assertThat(cli.run("-a", "plan", "-stream", "x.json").out())
                .contains("  rule     \"falcon 9\"\n")
                .contains("  stops    after 1,162,432 posts, on Ctrl-C or stop_stream\n")
                .contains("  costs    1,162,432 posts from x: $5,812.16\n");
    }

    @Test
    void collectsPostsContinuesAndEnds() throws IOException {
        CommandResult first = cli.run("-a", "start_stream", "--posts", "1000");
        assertThat(first.code()).isZero();
        assertThat(first.out()).startsWith("Stream demo reached its post limit: read 1,000 posts, kept ");

        CommandResult second = cli.run("-a", "start_stream");
        assertThat(second.out())
                .startsWith("Stream demo reached the end of its source: read 2,000 posts, kept ")
                .contains(" in this run.\nSince its creation: read 3,000 posts, kept ");
        assertThat(second.err()).contains("Read it in a pipeline: -p posts=stream:demo");

        List<String> lines = lines(directory.resolve(".runner/streams/demo/posts"));
        assertThat(lines).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        assertThat(lines).allSatisfy(line -> assertThat(line).containsIgnoringCase("rocket"));
        assertThat(cli.run("-a", "stream_status", "--output", "json").out())
                .contains("\"state\" : \"stopped\"")
                .contains("\"read\" : 3000")
                .contains("\"kept\" : " + lines.size() + ",");
        assertThat(cli.run("-a", "stop_stream").err()).isEqualTo("Stream demo is not running.\n");
    }

    private static List<String> lines(Path posts) throws IOException {
        try (Stream<Path> files = Files.walk(posts)) {
            return files.filter(file -> file.toString().endsWith(".json.gz"))
                    .flatMap(StreamActionsTest::content)
                    .toList();
        }
    }

    private static Stream<String> content(Path file) {
        try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(stream.readAllBytes(), UTF_8).lines();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aDamagedFileEndsAReplayAfterThePostsBeforeIt() throws IOException {
        Files.createDirectories(directory.resolve("archive"));
        Files.writeString(directory.resolve("archive/a.json"), "{\"n\":1}\n{\"n\":2}\n");
        Path damaged = directory.resolve("archive/b.json.gz");
        Files.write(damaged, new byte[] {0x1f, (byte) 0x8b, 8, 0});
        Files.writeString(
                directory.resolve("stream.json"),
                "{\"name\": \"demo\", \"source\": {\"type\": \"replay\", \"path\": \"archive\"}}");

        assertThat(cli.run("-a", "start_stream", "--quiet"))
                .isEqualTo(new CommandResult(
                        4,
                        "",
                        "DIR/archive/b.json.gz ends in the middle of its gzip data. Replace it with a complete copy,"
                                + " and start the stream again: it continues after the last post that it has read.\n"));
        Path posts = directory.resolve(".runner/streams/demo/posts");
        assertThat(lines(posts)).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(cli.run("-a", "stream_status", "--output", "json").out())
                .contains("\"position\" : \"16 a.json\"")
                .contains("\"kept\" : 2,");

        Files.writeString(damaged, "{\"n\":3}\n");
        assertThat(cli.run("-a", "start_stream").out())
                .startsWith("Stream demo reached the end of its source: read 1 post, kept 1, filtered 0 in this run.");
        assertThat(lines(posts)).containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void deletesTheStreamAndKeepsItsPosts() throws IOException {
        cli.run("-a", "start_stream");

        assertThat(cli.run("-a", "delete_stream", "--yes")).isEqualTo(new CommandResult(0, """
                removed stream demo
                kept    posts DIR/.runner/streams/demo/posts
                """, ""));

        assertThat(lines(directory.resolve(".runner/streams/demo/posts"))).isNotEmpty();
        assertThat(cli.run("-a", "stream_status"))
                .isEqualTo(new CommandResult(2, "", "This workspace has no stream 'demo'.\n"));
        assertThat(cli.run("-a", "create_stream").out()).isEqualTo("DIR/.runner/streams/demo/posts\n");
        cli.run("-a", "delete_stream", "--yes", "--delete-posts");
        assertThat(directory.resolve(".runner/streams/demo")).doesNotExist();
    }

    @Test
    void aStreamIsKeptIfItsRulesOnXCannotBeDeleted() throws IOException {
        String x =
                "{\"name\": \"demo\", \"source\": {\"type\": \"x\"}, \"track\": [\"a\"], \"limits\": {\"posts\": 1}}";
        Files.writeString(directory.resolve("stream.json"), x);
        cli.run("-a", "start_stream");
        String remedy = " Then repeat runner.sh -a delete_stream --name demo, or add --keep-rules: rules cost nothing"
                + " without a connection.\n";

        assertThat(cli.run("-a", "delete_stream", "--yes"))
                .isEqualTo(new CommandResult(
                        4,
                        "",
                        "Stream demo is kept, because its rules may still be on X. The environment variable"
                                + " X_BEARER_TOKEN is not set. Set it to the bearer token of your app, from X's"
                                + " developer console." + remedy));
        Files.delete(directory.resolve("stream.json"));
        assertThat(cli.run("-a", "delete_stream", "--yes", "--name", "demo").err())
                .isEqualTo("Stream demo is kept, because its rules may still be on X. DIR/stream.json is no longer the"
                        + " stream's file. Restore it." + remedy);
        assertThat(cli.run("-a", "stream_status", "--name", "demo").code()).isZero();

        assertThat(cli.run("-a", "delete_stream", "--yes", "--name", "demo", "--keep-rules")
                        .out())
                .startsWith("removed stream demo\n");
    }

    @Test
    void aStreamThatWasNeverStartedHasNoRulesOnX() throws IOException {
        Files.writeString(
                directory.resolve("stream.json"),
                "{\"name\": \"demo\", \"source\": {\"type\": \"x\"}, \"track\": [\"a\"], \"limits\": {\"posts\": 1}}");
        cli.run("-a", "create_stream");

        assertThat(cli.run("-a", "delete_stream", "--yes").out()).startsWith("removed stream demo\n");
    }

    @Test
    void aStreamIsCreatedOnce() {
        assertThat(cli.run("-a", "create_stream").code()).isZero();

        assertThat(cli.run("-a", "create_stream").err())
                .startsWith("Stream 'demo' already exists: it was created at ")
                .endsWith(" and writes to DIR/.runner/streams/demo/posts. Start it: runner.sh -a start_stream -stream"
                        + " stream.json\n");
    }

    @Test
    void aPositionIsNotAppliedToAnotherSource() throws IOException {
        cli.run("-a", "start_stream");
        Files.writeString(directory.resolve("stream.json"), SYNTHETIC.replace("\"posts\"", "\"seed\": 2, \"posts\""));

        assertThat(cli.run("-a", "start_stream"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The source of stream 'demo' was synthetic of seed 1 and is now synthetic of seed 2, so its"
                                + " saved position is not valid. Give the stream another name, or delete it first:"
                                + " runner.sh -a delete_stream --name demo\n"));
    }

    @Test
    void problemsOfTheFileAreReportedTogether() throws IOException {
        Files.writeString(
                directory.resolve("stream.json"),
                "{\"name\": \"No\", \"source\": {\"type\": \"synthetic\", \"rate\": -1}}");

        CommandResult started = cli.run("-a", "start_stream");
        assertThat(started.code()).isEqualTo(3);
        assertThat(started.err().lines()).hasSize(2);
        assertThat(cli.run("-a", "validate", "-stream", "stream.json").out()).isEqualTo(started.err());
    }

    @Test
    void namesTheStreamsThatExist() {
        cli.run("-a", "create_stream");

        assertThat(cli.run("-a", "stop_stream", "--name", "other").err())
                .isEqualTo("This workspace has no stream 'other'. It has: demo.\n");
        assertThat(cli.run("-a", "plan", "-p", "posts=stream:other").err())
                .isEqualTo("-p posts=stream:other: workspace DIR/.runner has no such stream. It has: demo.\n");
        assertThat(cli.run("-a", "stop_stream", "--name", "a", "-stream", "b.json")
                        .err())
                .isEqualTo("-stream and --name both select a stream. Pass only one of them.\n");
        assertThat(cli.run("-a", "start_stream", "--duration", "2").err())
                .isEqualTo("--duration '2' is not a duration, such as 90s, 30m, 2h or 1h30m.\n");
        assertThat(cli.run("-a", "start_stream", "--posts", "abc"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "Invalid value for option '--posts': 'abc' is not a whole number, such as 10. See runner.sh"
                                + " -a start_stream --help.\n"));
        assertThat(cli.run("-a", "clean", "--keep", "9999999999").err())
                .isEqualTo("Invalid value for option '--keep': '9999999999' is too large. See runner.sh -a clean"
                        + " --help.\n");
    }

    @Test
    void anExistingStreamNeedsOnlyTheNameInItsFile() throws IOException {
        cli.run("-a", "create_stream");
        Files.writeString(directory.resolve("stream.json"), "{\"name\": \"demo\", \"source\": 7}");

        assertThat(cli.run("-a", "stream_status").out()).startsWith("Stream demo: created ");
        Files.writeString(directory.resolve("stream.json"), "{");
        assertThat(cli.run("-a", "stop_stream").err())
                .isEqualTo("stream.json cannot be read, or names no stream. Select the stream with --name.\n");
    }

    @Test
    void deletesADamagedStream() throws IOException {
        cli.run("-a", "start_stream", "--posts", "1000");
        Path checkpoint = directory.resolve(".runner/streams/demo/checkpoint.json");
        Files.writeString(checkpoint, "[]");

        assertThat(cli.run("-a", "stream_status").err())
                .startsWith("DIR/.runner/streams/demo/checkpoint.json is not a");
        assertThat(cli.run("-a", "delete_stream", "--yes").code()).isZero();

        assertThat(checkpoint).doesNotExist();
        assertThat(lines(directory.resolve(".runner/streams/demo/posts"))).isNotEmpty();
    }

    @Test
    void aFailedCreationDoesNotBlockTheStart() throws IOException {
        String inFile = SYNTHETIC.replace("\"track\"", "\"sink\": { \"directory\": \"file/posts\" }, \"track\"");
        Files.writeString(directory.resolve("stream.json"), inFile);
        Files.writeString(directory.resolve("file"), "");
        assertThat(cli.run("-a", "start_stream").code()).isNotZero();

        Files.writeString(directory.resolve("stream.json"), SYNTHETIC);

        assertThat(cli.run("-a", "start_stream").code()).isZero();
    }
}
