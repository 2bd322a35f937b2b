package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;

/** A workspace in a directory of this machine. Its URIs are plain absolute paths, which Java, Spark and Python open alike. */
public final class LocalWorkspace implements Workspace {
    private static final String INPUTS = "input/";
    private final Path directory;
    private final DeletionGuard guard;

    private LocalWorkspace(Path directory) {
        this.directory = directory;
        this.guard = DeletionGuard.of(directory);
    }

    /** Opens a workspace, and makes its directory where there is none: readable for its owner alone. */
    public static LocalWorkspace open(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        PrivateFiles.createDirectories(absolute);
        // A link leads elsewhere tomorrow, and two names of one workspace would get past each other's lock.
        return new LocalWorkspace(absolute.toRealPath());
    }

    public Path directory() {
        return directory;
    }

    @Override
    public String name() {
        return Objects.toString(directory.getFileName(), "");
    }

    @Override
    public String uri(String path) {
        return inside(path).toString();
    }

    /** Scripts are copied, so that a build in the middle of a run changes nothing; data are linked to where they lie, whatever their size. */
    @Override
    public void upload(Path source, String path) throws IOException {
        Path target = inside(path);
        if (path.startsWith(INPUTS)) {
            link(source, target);
        } else if (!Files.exists(target)) {
            copy(source, target);
        }
    }

    private static void link(Path source, Path target) throws IOException {
        Files.createDirectories(parent(target));
        Path temporary = temporaryBeside(target);
        try {
            Files.createSymbolicLink(temporary, source.toRealPath());
            AtomicFile.move(temporary, target);
        } catch (UnsupportedOperationException noLinks) {
            copy(source, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(parent(target));
        Path temporary = temporaryBeside(target);
        try {
            FileTree.copy(source, temporary);
            moveUnlessThere(temporary, target);
        } finally {
            FileTree.delete(temporary);
        }
    }

    /** Another runner may have uploaded the same content meanwhile. */
    private static void moveUnlessThere(Path temporary, Path target) throws IOException {
        try {
            AtomicFile.move(temporary, target);
        } catch (IOException exception) {
            if (!Files.exists(target)) {
                throw exception;
            }
        }
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        Path file = inside(path);
        Files.createDirectories(parent(file));
        AtomicFile.write(file, content);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(inside(path)));
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> children(String path) throws IOException {
        try (Stream<Path> children = Files.list(inside(path))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException notThere) {
            return List.of();
        }
    }

    @Override
    public Optional<OutputSummary> summary(String uri) throws IOException {
        return LocalOutputFiles.summary(LocalUri.path(uri));
    }

    /** Markers and halves of results count too: somebody may want them. */
    @Override
    public boolean holdsSomething(String uri) throws IOException {
        Path path = LocalUri.path(uri);
        if (!Files.isDirectory(path)) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.findAny().isPresent();
        }
    }

    @Override
    public void clear(String uri) throws IOException {
        Path path = LocalUri.path(uri);
        guard.check(path);
        FileTree.delete(path);
    }

    @Override
    public void fetch(String uri, Path target) throws IOException {
        Path source = LocalUri.path(uri);
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source + " is not there, so it cannot be fetched");
        }
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            guard.check(absolute);
        }
        if (absolute.startsWith(source) || source.startsWith(absolute)) {
            throw new IOException(
                    source + " cannot be fetched to " + absolute + ": one lies in the other. Name another place.");
        }
        Files.createDirectories(parent(absolute));
        Path temporary = temporaryBeside(absolute);
        try {
            if (Files.isDirectory(source)) {
                FileTree.copy(source, temporary, file -> !LocalOutputFiles.isChecksum(file));
            } else {
                Files.createDirectory(temporary);
                FileTree.copy(source, temporary.resolve(source.getFileName().toString()));
            }
            replace(temporary, absolute);
        } finally {
            FileTree.delete(temporary);
        }
    }

    /** A directory cannot be renamed onto another: the older one steps aside for a moment. */
    private static void replace(Path complete, Path target) throws IOException {
        Path aside = temporaryBeside(target);
        boolean older = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (older) {
            AtomicFile.move(target, aside);
        }
        try {
            AtomicFile.move(complete, target);
        } catch (IOException exception) {
            if (older) {
                AtomicFile.move(aside, target);
            }
            throw exception;
        }
        FileTree.delete(aside);
    }

    private Path inside(String path) {
        Path resolved = directory.resolve(path).normalize();
        if (!resolved.startsWith(directory)) {
            throw new IllegalArgumentException(path + " leads out of the workspace " + directory);
        }
        return resolved;
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "the root of a file system");
    }

    private static Path temporaryBeside(Path target) {
        return target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
    }

    /** Removes the workspace, everything in it. */
    public void delete() throws IOException {
        FileTree.delete(directory);
    }
}
