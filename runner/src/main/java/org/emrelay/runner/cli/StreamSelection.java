package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.emrelay.runner.service.stream.StreamSelector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select a stream. */
final class StreamSelection {
    @Option(
            names = {"-stream", "--stream"},
            paramLabel = "FILE",
            order = ActionCommand.PIPELINE_OPTION,
            description = "Stream file (default: stream.json, if it exists).")
    private @Nullable Path file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            order = ActionCommand.PIPELINE_OPTION,
            description = "Name of the stream, instead of its file (default: the only stream of this workspace).")
    private @Nullable String name;

    StreamSelector selector() {
        return new StreamSelector(file, name);
    }

    /** The options of an action that needs the file. */
    static final class File {
        @Option(
                names = {"-stream", "--stream"},
                paramLabel = "FILE",
                order = ActionCommand.PIPELINE_OPTION,
                description = "Stream file (default: stream.json).")
        private @Nullable Path file;

        StreamSelector selector() {
            return new StreamSelector(file, null);
        }
    }
}
