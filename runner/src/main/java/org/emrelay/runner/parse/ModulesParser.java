package org.emrelay.runner.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.model.FileRef;
import org.jspecify.annotations.Nullable;

/** Parses a directory in {@code py_files}. */
record ModulesParser(Problems problems) {
    private static final int MAX_DEPTH = 32;
    private static final List<String> NATIVE = List.of(".so", ".pyd", ".dylib");

    /** Returns the modules, or null after a problem. */
    FileRef.@Nullable Modules parse(Path directory, String path) {
        boolean isPackage = Files.exists(directory.resolve("__init__.py"));
        String name = LocalFiles.nameOf(directory);
        if (isPackage && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            problems.error(
                    path,
                    directory + " is a Python package (it has an __init__.py), but '" + name
                            + "' is not a name that can be imported.",
                    "Rename it, or remove its __init__.py if its modules are imported by their own names.");
            return null;
        }
        try (Stream<Path> tree = Files.walk(directory, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return modules(directory, tree.map(LocalFiles::nameOf).toList(), path);
        } catch (IOException | UncheckedIOException exception) {
            if (exception.getCause() instanceof FileSystemLoopException loop) {
                problems.error(
                        path,
                        "the link " + loop.getFile() + " leads back to a directory that contains it.",
                        "Remove it.");
                return null;
            }
            problems.error(path, "cannot list the files in " + directory + ".", "Check its permissions.");
            return null;
        }
    }

    private FileRef.@Nullable Modules modules(Path directory, List<String> names, String path) {
        if (names.stream().noneMatch(name -> name.endsWith(".py"))) {
            problems.error(
                    path, "directory " + directory + " contains no Python module.", "Name a directory that does.");
            return null;
        }
        names.stream()
                .filter(name -> NATIVE.stream().anyMatch(name::endsWith))
                .findFirst()
                .ifPresent(name -> problems.warning(
                        path,
                        "directory " + directory + " contains the native library " + name
                                + ", which Python cannot import from a zip.",
                        "Build a wheel, and name it in requirements."));
        return new FileRef.Modules(directory);
    }
}
