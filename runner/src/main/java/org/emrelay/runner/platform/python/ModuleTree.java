package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files of a directory of Python modules, except what tools leave behind: hidden files, bytecode and metadata.
 *
 * @param root what the names in a zip are relative to: the parent of a package, else the directory itself
 * @param files sorted
 */
public record ModuleTree(Path root, List<Path> files) {
    public ModuleTree {
        Objects.requireNonNull(root, "root");
        files = List.copyOf(files);
    }

    public static ModuleTree of(Path directory) throws IOException {
        Path parent = directory.getParent();
        Path root = parent != null && Files.exists(directory.resolve("__init__.py")) ? parent : directory;
        try (Stream<Path> tree = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return new ModuleTree(
                    root,
                    tree.filter(file -> Files.isRegularFile(file) && isSource(directory.relativize(file)))
                            .sorted()
                            .toList());
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    private static boolean isSource(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .map(Path::toString)
                .noneMatch(name -> name.startsWith(".")
                        || name.equals("__pycache__")
                        || name.endsWith(".pyc")
                        || name.endsWith(".egg-info"));
    }

    /** Writes the zip. The same files give the same bytes. */
    public void zip(Path target) throws IOException {
        try (SteadyZip zip = SteadyZip.create(target)) {
            for (Path file : files) {
                zip.add(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }
}
