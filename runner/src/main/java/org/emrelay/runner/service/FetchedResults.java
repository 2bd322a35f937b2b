package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emrelay.runner.model.RunnerException;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run in the user's directory.
 *
 * @param paths one per step
 * @param failure why others could not be fetched; null if all were
 */
public record FetchedResults(List<Path> paths, @Nullable RunnerException failure) {
    public static final FetchedResults NONE = new FetchedResults(List.of(), null);

    private static final String PAGE = "index.html";

    public FetchedResults {
        paths = List.copyOf(paths);
    }

    /** The page to look at, of the last step that has one. */
    public Optional<Path> page() {
        return paths.stream()
                .map(path -> path.resolve(PAGE))
                .filter(Files::isRegularFile)
                .reduce((earlier, later) -> later);
    }

    /** Where they are, for people, after a heading; empty without results. */
    String text(String heading) {
        if (paths.isEmpty()) {
            return "";
        }
        return heading + ": " + paths.stream().map(Path::toString).collect(Collectors.joining(", ")) + "\n"
                + page().map(page -> "Open " + page.toUri() + "\n").orElse("");
    }

    static RunnerException failure(IOException cause) {
        String message = cause instanceof FileSystemException file
                ? FileErrors.sentence(file)
                : String.valueOf(cause.getMessage());
        return CommandFailure.platform("Cannot fetch the results. " + message);
    }
}
