package org.emrelay.runner.service.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.parse.StreamFileReader;
import org.emrelay.runner.report.ProblemReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InvalidFileException;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.stream.StreamFolder;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a command.
 *
 * @param file as given on the command line; null for none
 * @param name as given on the command line; null for none
 */
public record StreamSelector(@Nullable Path file, @Nullable String name) {
    private static final Path DEFAULT_FILE = Path.of("stream.json");

    public StreamSelector {
        if (file != null && name != null) {
            throw CommandFailure.usage("-stream and --name both select a stream. Pass only one of them.");
        }
    }

    /** The stream file, as the user passed it. */
    public Path namedFile() {
        return file == null ? DEFAULT_FILE : file;
    }

    /** Reads the stream file; fails the command with all problems if it is invalid. */
    public StreamDefinition definition(RunnerContext context) {
        ParseResult<StreamDefinition> parsed = parse(context);
        StreamDefinition stream = parsed.usable().orElseThrow(() -> new InvalidFileException(parsed.problems()));
        context.err().print(new ProblemReport(parsed.problems()).text());
        return stream;
    }

    public List<Problem> problems(RunnerContext context) {
        return parse(context).problems();
    }

    private ParseResult<StreamDefinition> parse(RunnerContext context) {
        return StreamFileReader.read(context.resolve(namedFile()), namedFile().toString());
    }

    /** The folder of a created stream: the selected one, or else the only one of the workspace. */
    public StreamFolder folder(Application app) throws IOException {
        if (name != null) {
            return existing(app, name);
        } else if (file != null || Files.exists(app.context().resolve(DEFAULT_FILE))) {
            return existing(app, nameInFile(app.context()));
        }
        List<StreamFolder> all = StreamFolder.list(app.workspace());
        if (all.size() == 1) {
            return all.get(0);
        }
        throw CommandFailure.usage(
                all.isEmpty()
                        ? "This workspace has no stream. Create one: "
                                + app.context().command().action("create_stream", "-stream", DEFAULT_FILE.toString())
                        : "This workspace has several streams: " + names(all) + ". Select one with --name.");
    }

    /** What exists has a name only: its file may have become invalid since. */
    private String nameInFile(RunnerContext context) {
        return StreamFileReader.name(context.resolve(namedFile()))
                .orElseThrow(() -> CommandFailure.usage(
                        namedFile() + " cannot be read, or names no stream. Select the stream with --name."));
    }

    private static StreamFolder existing(Application app, String name) throws IOException {
        return StreamFolder.find(app.workspace(), name).orElseThrow(() -> missing(app, name));
    }

    private static CommandFailure missing(Application app, String name) {
        List<StreamFolder> all;
        try {
            all = StreamFolder.list(app.workspace());
        } catch (IOException unreadable) {
            all = List.of();
        }
        return CommandFailure.usage(
                "This workspace has no stream '" + name + "'." + (all.isEmpty() ? "" : " It has: " + names(all) + "."));
    }

    static String names(List<StreamFolder> folders) {
        return folders.stream().map(StreamFolder::name).collect(Collectors.joining(", "));
    }
}
