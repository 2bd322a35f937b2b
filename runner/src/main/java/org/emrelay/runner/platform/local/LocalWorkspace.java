package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.platform.DeletionGuard;
import org.emrelay.runner.platform.OutputContents;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.StoredFile;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.file.PrivateFiles;

/** A workspace in a local directory. Its URIs are plain absolute paths, which Java, Spark and Python all can open. */
public final class LocalWorkspace implements Workspace {
    private static final String INPUTS = "input/";
    private final Path directory;
    /** The time that marks a copy as ours; an edit changes it. */
    private static final FileTime COPIED = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    private static final Set<String> PRECIOUS = Set.of(".git", WorkspaceMarker.FILE);

    private final DeletionGuard guard;

    private LocalWorkspace(Path directory) {
        this.directory = directory;
        this.guard = DeletionGuard.ofDirectories(DeletionGuard.segments(directory));
    }

    /**
     * Opens a workspace. A new or an empty directory becomes one, readable only by its owner; any other that is not a workspace is
     * refused.
     */
    public static LocalWorkspace open(Path directory) throws IOException {
        return open(directory, true);
    }

    /**
     * Opens a workspace as {@link #open(Path)} does.
     *
     * @param isNamed whether the user named the directory; if not, one of another user is refused
     */
    public static LocalWorkspace open(Path directory, boolean isNamed) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        PrivateFiles.createDirectories(absolute);
        WorkspaceOwner.check(absolute, isNamed);
        WorkspaceMarker.mark(absolute);
        // The real path: a symbolic link may change, and two paths of one workspace would bypass each other's lock.
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
        return resolve(path).toString();
    }

    /** Scripts are copied, because a build during a run must not change them. Inputs are symbolic links, because they may be large. */
    @Override
    public void upload(Path source, String path) throws IOException {
        Path target = resolve(path);
        if (path.startsWith(INPUTS)) {
            link(source, target);
        } else if (!Files.exists(target)) {
            copy(source, target);
        } else {
            requireUnchanged(source, target);
        }
    }

    /** A copy is known by its time, so that it is not read again. Earlier versions have not set it. */
    private void requireUnchanged(Path source, Path copy) throws IOException {
        Path real = copy.toRealPath();
        if (!real.startsWith(directory.toRealPath())) {
            throw new FileSystemException(
                    copy.toString(), null, "leads to " + real + ", outside the workspace. Delete the link");
        } else if (Files.isRegularFile(copy) && !Files.getLastModifiedTime(copy).equals(COPIED)) {
            if (Files.mismatch(source, copy) >= 0) {
                throw new FileSystemException(
                        copy.toString(),
                        null,
                        "was changed, but it is a copy of " + source + ". Make the change there, and delete the copy");
            }
            Files.setLastModifiedTime(copy, COPIED);
        }
    }

    private static void link(Path source, Path target) throws IOException {
        Files.createDirectories(parent(target));
        Path temporary = temporarySibling(target);
        try {
            Files.createSymbolicLink(temporary, source.toRealPath());
            FileTree.move(temporary, target);
        } catch (UnsupportedOperationException noLinks) {
            copy(source, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(parent(target));
        Path temporary = temporarySibling(target);
        try {
            FileTree.copy(source, temporary);
            if (Files.isRegularFile(temporary)) {
                Files.setLastModifiedTime(temporary, COPIED);
            }
            moveUnlessExists(temporary, target);
        } finally {
            FileTree.delete(temporary);
        }
    }

    /** Another runner may upload the same content concurrently. */
    private static void moveUnlessExists(Path temporary, Path target) throws IOException {
        try {
            FileTree.move(temporary, target);
        } catch (IOException exception) {
            if (!Files.exists(target)) {
                throw exception;
            }
        }
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(parent(file));
        PrivateFiles.write(file, content);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(resolve(path)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(resolve(path));
    }

    @Override
    public List<String> list(String path) throws IOException {
        try (Stream<Path> children = Files.list(resolve(path))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return List.of();
        }
    }

    @Override
    public List<StoredFile> files(String path) throws IOException {
        List<StoredFile> found = new ArrayList<>();
        Path base = resolve(path);
        try (Stream<Path> tree = Files.walk(base)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                found.add(new StoredFile(base.relativize(file).toString(), Files.size(file)));
            }
            return found;
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    /** Parsing takes longer than reading. */
    @Override
    public void inParallel(List<? extends IoTask> tasks) throws IOException {
        try {
            tasks.parallelStream().forEach(LocalWorkspace::runUnchecked);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static void runUnchecked(IoTask task) {
        try {
            task.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Optional<OutputSummary> summary(String uri) throws IOException {
        return LocalOutputFiles.summary(LocalOutputFiles.path(uri));
    }

    @Override
    public OutputContents contents(String uri) throws IOException {
        return LocalOutputFiles.contents(LocalOutputFiles.path(uri));
    }

    @Override
    public void mark(String uri, String marker) throws IOException {
        Path file = LocalOutputFiles.marker(LocalOutputFiles.path(uri));
        if (Files.isSymbolicLink(file)) {
            Files.delete(file);
        }
        Files.writeString(file, marker);
    }

    @Override
    public Set<String> references(String uri) throws IOException {
        return LocalReferences.of(uri);
    }

    @Override
    public boolean isPartlyDeleted(String uri) throws IOException {
        return LocalReferences.isPartlyDeleted(uri);
    }

    private void requireOutput(Path output) throws IOException {
        if (!guard.allows(DeletionGuard.segments(real(output)))) {
            throw new IOException("Refusing to delete " + output
                    + ": it may contain more than an output. Use a dedicated directory for the output.");
        }
    }

    /** No output contains a repository or a workspace: the location is mistyped. */
    private static void requireNothingPrecious(Path output) throws IOException {
        if (Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> tree = Files.walk(output)) {
                Optional<Path> precious = tree.filter(path -> PRECIOUS.contains(String.valueOf(path.getFileName())))
                        .findFirst();
                if (precious.isPresent()) {
                    throw new IOException("Refusing to delete " + output + ": it contains " + precious.get()
                            + ". Use a dedicated directory for the output.");
                }
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
        }
    }

    /** Resolves symbolic links in the parent: a harmless path could lead to a protected one. A link as last name is only unlinked. */
    private static Path real(Path output) throws IOException {
        Path parent = output.getParent();
        return parent != null && Files.exists(parent)
                ? parent.toRealPath().resolve(output.getFileName())
                : output.normalize();
    }

    @Override
    public void clear(String uri) throws IOException {
        Path path = LocalOutputFiles.path(uri);
        requireOutput(path);
        requireNothingPrecious(path);
        Files.deleteIfExists(LocalOutputFiles.marker(path));
        FileTree.delete(path);
    }

    @Override
    public void fetch(String uri, Path target) throws IOException {
        Path source = LocalOutputFiles.path(uri);
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            requireOutput(absolute);
        }
        if (absolute.startsWith(source) || source.startsWith(absolute)) {
            throw new IOException("Cannot fetch " + source + " to " + absolute
                    + ": one contains the other. Choose another directory.");
        }
        Files.createDirectories(parent(absolute));
        Path temporary = temporarySibling(absolute);
        try {
            if (Files.isDirectory(source)) {
                FileTree.copy(
                        source,
                        temporary,
                        file -> !LocalOutputFiles.isChecksum(file) && !file.equals(LocalOutputFiles.marker(source)));
            } else {
                Files.createDirectory(temporary);
                FileTree.copy(source, temporary.resolve(source.getFileName().toString()));
            }
            replace(temporary, absolute);
        } finally {
            FileTree.delete(temporary);
        }
    }

    /** A directory cannot be renamed onto an existing one, so the existing one is moved away first. */
    private static void replace(Path complete, Path target) throws IOException {
        Path backup = temporarySibling(target);
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (exists) {
            FileTree.move(target, backup);
        }
        try {
            FileTree.move(complete, target);
        } catch (IOException exception) {
            if (exists) {
                FileTree.move(backup, target);
            }
            throw exception;
        }
        FileTree.delete(backup);
    }

    private Path resolve(String path) {
        Path resolved = directory.resolve(path).normalize();
        if (!resolved.startsWith(directory)) {
            throw new IllegalArgumentException(path + " is outside the workspace " + directory);
        }
        return resolved;
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "the root of a file system");
    }

    private static Path temporarySibling(Path target) {
        return target.resolveSibling("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
    }
}
