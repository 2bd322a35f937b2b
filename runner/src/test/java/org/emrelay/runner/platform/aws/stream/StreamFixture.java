package org.emrelay.runner.platform.aws.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.s3.StoredObject;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.jspecify.annotations.Nullable;

/** A fake AWS, and the streams of a workspace on it. Each method is a command of its own. */
final class StreamFixture implements AutoCloseable {
    static final String NAME = "launches";
    static final String DELIVERY_STREAM = "emrelay-bb26934c-us-east-1-launches";
    static final String BUCKET = "emrelay-posts-123456789012-us-east-1-bb26934c-launches";

    final FakeAws aws;
    final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    final List<String> statuses = Collections.synchronizedList(new ArrayList<>());
    private final Path workspace;

    private final Notices recording = new Notices() {
        @Override
        public void notice(String text) {
            notices.add(text);
        }

        @Override
        public void status(String text) {
            statuses.add(text);
        }
    };

    StreamFixture(Path workspace) {
        this.aws = FakeAws.start();
        this.workspace = workspace;
        try {
            Files.createDirectories(workspace.resolve("cluster-fleet"));
            Files.writeString(workspace.resolve("cluster-fleet/workspace-id"), "bb26934c\n");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static StreamDefinition.Sink sink(@Nullable String bucket, Compression compression) {
        return new StreamDefinition.Sink(
                null, bucket, "posts/", "posts-errors/", 64L << 20, Duration.ofMinutes(5), compression);
    }

    static StreamDefinition stream(@Nullable String bucket) {
        return stream(sink(bucket, Compression.GZIP));
    }

    static StreamDefinition stream(StreamDefinition.Sink sink) {
        return new StreamDefinition(
                NAME,
                new StreamSource.Synthetic(null, 1, null),
                List.of(),
                List.of(),
                sink,
                StreamDefinition.Limits.NONE);
    }

    AwsStreams streams() {
        AwsSettings settings = new AwsSettings(
                "us-east-1",
                null,
                aws.endpoint(),
                Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        AwsContext context =
                new AwsContext(new AwsClients(settings), new AwsRetry(aws.clock(), aws.clock()::sleep, new Random(1)));
        return new AwsStreams(context, workspace, new Random(1), recording, new RunnerCommand("runner.sh", List.of()));
    }

    StreamDescription create() {
        return create(stream((String) null));
    }

    StreamDescription create(StreamDefinition stream) {
        return create(stream, false);
    }

    StreamDescription create(StreamDefinition stream, boolean keep) {
        try (AwsStreams streams = streams()) {
            return streams.create(stream, StreamOptions.NONE, keep);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    DeletionOutcome delete(boolean deletePosts) {
        try (AwsStreams streams = streams();
                StreamDeletion deletion = streams.prepareDeletion(NAME, null)) {
            return deletion.execute(deletePosts, null);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    void deleteJournal() throws IOException {
        Files.deleteIfExists(workspace.resolve("cluster-fleet/stream-us-east-1@" + NAME + ".jsonl"));
    }

    /** Posts with the lines {@code {"id":FROM}} to {@code {"id":TO}}. */
    static List<Post> posts(int from, int to) {
        List<Post> posts = new ArrayList<>();
        for (int id = from; id <= to; id++) {
            posts.add(post("{\"id\":" + id + "}"));
        }
        return posts;
    }

    static Post post(String line) {
        return new Post(line.getBytes(StandardCharsets.UTF_8), new Position(""));
    }

    /** The lines of all delivered files, in the order of their keys. */
    List<String> deliveredLines(String bucket) {
        List<String> lines = new ArrayList<>();
        for (StoredObject object :
                aws.inspect(() -> aws.s3().buckets().get(bucket).objects())) {
            lines.addAll(text(object).lines().toList());
        }
        return lines;
    }

    List<String> keys(String bucket) {
        return aws.inspect(() -> aws.s3().buckets().get(bucket).objects().stream()
                .map(StoredObject::key)
                .toList());
    }

    private static String text(StoredObject object) {
        if (!object.key().endsWith(".gz")) {
            return new String(object.content(), StandardCharsets.UTF_8);
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(object.content()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Override
    public void close() {
        aws.close();
    }
}
