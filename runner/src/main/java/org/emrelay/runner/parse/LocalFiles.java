package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the local paths in a user's file and reports those that cannot be read.
 *
 * @param directory base of relative paths
 * @param currentDirectory base of paths that start with a command-line parameter
 */
record LocalFiles(Path directory, Path currentDirectory, ParameterValues parameters, Problems problems) {
    /** A single letter before the colon is a Windows drive, not a scheme. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private static final Pattern PATTERN = Pattern.compile("[*{}\\[\\]]|\\?(?!\\w+=)");

    private static final String PATTERN_HINT = "Patterns are not expanded here: name the file, or its directory.";

    private static final int MAX_LISTED_NAMES = 10_000;

    static boolean isUri(String text) {
        return URI.matcher(text).matches();
    }

    /** Whether Hadoop and Spark take a path for a pattern; the query of a URI is none. */
    static boolean isPattern(String text) {
        return PATTERN.matcher(text).find();
    }

    /** The directory of relative paths. */
    Path base(String path) {
        return parameters.isFromCommandLine(path) ? currentDirectory : directory;
    }

    /** Returns the absolute path, or null if the text is not a valid path. */
    @Nullable
    Path resolve(String text, String path) {
        if (text.isBlank()) {
            problems.error(path, "must not be empty.", "Specify a file.");
            return null;
        } else if (text.equals("~") || text.startsWith("~/")) {
            problems.error(path, quoted(text) + ": no shell expands '~' here.", "Use ${env.HOME}.");
            return null;
        }
        try {
            return base(path).resolve(text).normalize();
        } catch (InvalidPathException exception) {
            problems.error(path, quoted(text) + " is not a valid local path.");
            return null;
        }
    }

    /** Returns an existing file, or null after a problem. */
    @Nullable
    Path existingFile(String text, String path) {
        Path file = existingPath(text, path);
        if (file != null && Files.isDirectory(file)) {
            problems.error(path, file + " is a directory, not a file.");
            return null;
        }
        return file;
    }

    /** Returns an existing file or directory, or null after a problem. */
    @Nullable
    Path existingPath(String text, String path) {
        Path file = resolve(text, path);
        if (file == null || isReadable(file)) {
            return file;
        }
        if (Files.exists(file)) {
            problems.error(path, file + " is not readable.", "Check its permissions.");
        } else {
            problems.error(
                    path, "file " + file + " not found.", isPattern(text) ? PATTERN_HINT : missingFileHint(file));
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

    /** Suggests a file with a similar name in the same directory, or reports that the directory is missing too. */
    static String missingFileHint(Path missing) {
        Path directory = parentOf(missing);
        if (!Files.isDirectory(directory)) {
            return "Directory " + directory + " does not exist either.";
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> names = entries.limit(MAX_LISTED_NAMES)
                    .map(LocalFiles::nameOf)
                    .sorted()
                    .toList();
            return Suggestion.didYouMean(nameOf(missing), names);
        } catch (IOException exception) {
            return "";
        }
    }
}
