package org.emrelay.runner.parse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** Finds the files of this machine that a file of the user's names, and says what is wrong with those that it cannot find. */
final class LocalFiles {
    /** One letter before a colon is a drive, not a scheme. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private static final int MOST_NAMES = 10_000;

    private final Path directory;
    private final Path currentDirectory;
    private final ParameterOrigins origins;
    private final Problems problems;

    /**
     * @param directory what a path is relative to
     * @param currentDirectory what it is relative to when it begins with a parameter of the command line
     */
    LocalFiles(Path directory, Path currentDirectory, ParameterOrigins origins, Problems problems) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.currentDirectory = Objects.requireNonNull(currentDirectory, "currentDirectory");
        this.origins = Objects.requireNonNull(origins, "origins");
        this.problems = Objects.requireNonNull(problems, "problems");
    }

    static boolean isUri(String text) {
        return URI.matcher(text).matches();
    }

    /** The absolute path that is meant, or null when the text is no path at all. */
    @Nullable
    Path resolve(String text, String path) {
        if (text.isBlank()) {
            problems.error(path, "is empty.", "Name a file.");
            return null;
        }
        try {
            Path base = origins.isFromCommandLine(path) ? currentDirectory : directory;
            return base.resolve(text).normalize();
        } catch (InvalidPathException exception) {
            problems.error(path, "'" + RecordBinder.shortened(text) + "' is no path of this machine.", "");
            return null;
        }
    }

    /** A file that is there, or null. */
    @Nullable
    Path file(String text, String path) {
        Path file = existing(text, path);
        if (file != null && Files.isDirectory(file)) {
            problems.error(path, file + " is a directory, not a file.", "");
            return null;
        }
        return file;
    }

    /** A file or directory that is there, or null. */
    @Nullable
    Path existing(String text, String path) {
        Path file = resolve(text, path);
        if (file == null || isReadable(file)) {
            return file;
        }
        if (Files.exists(file)) {
            problems.error(path, file + " cannot be read.", "Look at its permissions.");
        } else {
            problems.error(path, "there is no file " + file + ".", nearestName(file));
        }
        return null;
    }

    private static boolean isReadable(Path file) {
        return Files.isReadable(file) && (!Files.isDirectory(file) || Files.isExecutable(file));
    }

    static Path parentOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    /** {@code Did you mean 'steps.json'?} where a file of a similar name lies beside the missing one; else what else is missing. */
    static String nearestName(Path missing) {
        Path directory = parentOf(missing);
        if (!Files.isDirectory(directory)) {
            return "There is no directory " + directory + " either.";
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> names =
                    entries.limit(MOST_NAMES).map(LocalFiles::nameOf).sorted().toList();
            return Suggestion.sentence(nameOf(missing), names);
        } catch (IOException exception) {
            return "";
        }
    }

    /** Why reading failed, without the path that such exceptions begin with. */
    static String reason(IOException exception) {
        if (exception instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = exception.getMessage();
        return message == null ? exception.getClass().getSimpleName() : message;
    }
}
