package org.emrelay.runner.service.stream;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.report.StreamPlanReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.StreamFolder;

/** Plans and creates streams. */
public final class StreamCreator {
    private final Application app;
    private final ClusterPlatform platform;

    public StreamCreator(Application app, ClusterPlatform platform) {
        this.app = app;
        this.platform = platform;
    }

    /**
     * Reports what the stream will read, write and cost.
     *
     * @param check whether to check the platform for problems, with read-only calls
     */
    public ExitCode plan(StreamPlatform.Request request, boolean check, CommandOutput output) throws IOException {
        StreamPlanReport.Destination destination = platform.streams().plan(app, request, check);
        output.print(new StreamPlanReport(request.stream(), destination));
        return destination.isFeasible() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
    }

    /**
     * Creates a stream.
     *
     * @param keep whether to keep the resources of a failed creation
     */
    public ExitCode create(StreamPlatform.Request request, boolean keep, CommandOutput output) throws IOException {
        StreamFolder folder = StreamFolder.of(app.workspace(), request.stream().name());
        if (folder.exists()) {
            CreatedStream existing = CreatedStream.read(folder);
            if (existing.isFinished()) {
                throw CommandFailure.refused("Stream '" + folder.name() + "' already exists: it was created at "
                        + existing.created() + " and writes to " + existing.posts() + ". Start it: " + start(request));
            }
        }
        CreatedStream created = create(request, folder, keep);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("stream", folder.name());
        document.put("platform", created.platform());
        document.put("posts", created.posts());
        output.print(new CreationReport(document, List.of(created.posts()), "Next: " + start(request)));
        return ExitCode.DONE;
    }

    private String start(StreamPlatform.Request request) {
        return app.context()
                .command()
                .action("start_stream", "-stream", request.file().toString());
    }

    /** The folder is created first: if this command dies, the stream can be created again or deleted. */
    CreatedStream create(StreamPlatform.Request request, StreamFolder folder, boolean keep) throws IOException {
        app.openWorkspace();
        StreamDefinition stream = request.stream();
        CreatedStream begun = new CreatedStream(
                platform.label().key(),
                "",
                CreatedStream.identity(stream.source()),
                app.context().resolve(request.file()).toString(),
                app.context().clock().instant());
        begun.write(folder);
        CreatedStream created = begun.finished(platform.streams().create(app, request, folder, keep));
        created.write(folder);
        return created;
    }
}
