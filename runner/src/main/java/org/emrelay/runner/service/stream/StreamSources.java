package org.emrelay.runner.service.stream;

import java.nio.file.Path;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.parse.StreamFileReader;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.PostSource;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.Ticker;
import org.emrelay.runner.stream.source.JetstreamSource;
import org.emrelay.runner.stream.source.ReplaySource;
import org.emrelay.runner.stream.source.SyntheticSource;
import org.emrelay.runner.stream.source.XSource;
import org.jspecify.annotations.Nullable;

/** Opens the sources of streams, and deletes what they store on their own servers. */
record StreamSources(Application app) {
    private static final String X = "x";

    /** @param position where to continue; null for the start */
    PostSource open(StreamDefinition stream, @Nullable Position position) {
        RunnerContext context = app.context();
        StreamSource source = stream.source();
        if (source instanceof StreamSource.Jetstream jetstream) {
            return JetstreamSource.open(jetstream, position, context.clock(), context.sleeper(), context.random());
        } else if (source instanceof StreamSource.X x) {
            return open(stream, x);
        } else if (source instanceof StreamSource.Replay replay) {
            return new ReplaySource(replay, position, Ticker.system(), context.sleeper());
        }
        return new SyntheticSource((StreamSource.Synthetic) source, position, Ticker.system(), context.sleeper());
    }

    private XSource open(StreamDefinition stream, StreamSource.X source) {
        RunnerContext context = app.context();
        return XSource.open(
                stream.name(),
                source,
                stream.track(),
                stream.languages(),
                context.environment(),
                context.clock(),
                context.sleeper());
    }

    /** Whether the source stores anything on its servers for a stream that was started. */
    static boolean isRemote(CreatedStream created) {
        return created.source().equals(X);
    }

    /** Deletes the rules of a stream from X. Without rules, X sends no posts and charges nothing. */
    void deleteRemote(CreatedStream created, String name) throws InterruptedException {
        Path file = Path.of(created.file());
        StreamDefinition stream = StreamFileReader.read(file, file.toString())
                .usable()
                .filter(definition -> definition.name().equals(name))
                .orElse(null);
        if (stream == null || !(stream.source() instanceof StreamSource.X source)) {
            throw new StreamException(file + " is no longer the stream's file. Restore it.");
        }
        try (XSource x = open(stream, source)) {
            app.progress().notice("Deleted " + Quantities.count(x.deleteRules(), "rule") + " on X.");
        }
    }
}
