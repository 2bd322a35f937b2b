package org.emrelay.runner.service.local;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.report.StreamPlanReport;
import org.emrelay.runner.report.StreamStatusReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.stream.Checkpoint;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.PostSink;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.StreamFolder;
import org.emrelay.runner.stream.sink.HourlyFileSink;

/** Streams that write local files. */
final class LocalStreams implements StreamPlatform {
    @Override
    public boolean isFree() {
        return true;
    }

    @Override
    public StreamPlanReport.Destination plan(Application app, Request request, boolean check) {
        StreamFolder folder = StreamFolder.of(app.workspace(), request.stream().name());
        return StreamPlanReport.Destination.local(posts(request.stream(), folder) + "/");
    }

    @Override
    public String create(Application app, Request request, StreamFolder folder, boolean keep) throws IOException {
        Path posts = posts(request.stream(), folder);
        Files.createDirectories(posts);
        return posts.toString();
    }

    private static Path posts(StreamDefinition stream, StreamFolder folder) {
        Path given = stream.sink().directory();
        return given == null ? folder.posts() : given;
    }

    @Override
    public OpenSink open(Application app, StreamDefinition stream, StreamFolder folder) {
        HourlyFileSink sink = sink(app, stream.name(), posts(stream, folder), stream.sink());
        return new OpenSink() {
            @Override
            public PostSink sink() {
                return sink;
            }

            @Override
            public Optional<BigDecimal> cost() {
                return Optional.empty();
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    private static HourlyFileSink sink(Application app, String name, Path posts, StreamDefinition.Sink settings) {
        return new HourlyFileSink(name, posts, settings, app.context().clock(), new SecureRandom());
    }

    @Override
    public Optional<StreamStatusReport.Delivery> delivery(Application app, StreamFolder folder) {
        return Optional.empty();
    }

    @Override
    public Removal prepareDeletion(Application app, StreamFolder folder, Checkpoint checkpoint, boolean deletePosts)
            throws IOException {
        CreatedStream created = CreatedStream.read(folder);
        Path posts = created.isFinished() ? Path.of(created.posts()) : folder.posts();
        boolean isOwn = posts.equals(folder.posts());
        return new Removal() {
            @Override
            public String summary() {
                return deletePosts && isOwn ? "its position and its posts in " + posts : "its position";
            }

            @Override
            public Deleted execute() throws IOException {
                List<String> removed = new ArrayList<>();
                List<String> kept = new ArrayList<>();
                if (deletePosts && isOwn) {
                    FileTree.delete(posts);
                    removed.add("posts " + posts);
                } else if (Files.isDirectory(posts)) {
                    publish(posts);
                    kept.add("posts " + posts + (deletePosts ? ": sink.directory may contain other files" : ""));
                }
                return new Deleted(removed, kept, List.of());
            }

            /** Publishes the last posts, which are in a hidden file after a kill. */
            private void publish(Path directory) {
                try (HourlyFileSink sink = sink(app, folder.name(), directory, StreamDefinition.Sink.DEFAULT)) {
                    sink.open(checkpoint.sink());
                    sink.finish();
                } catch (StreamException lost) {
                    app.progress().warn(lost.message());
                }
            }

            @Override
            public void close() {}
        };
    }
}
