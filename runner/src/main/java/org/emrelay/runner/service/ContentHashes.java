package org.emrelay.runner.service;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.platform.python.ModuleTree;

/**
 * Hashes files for a plan; of a directory, all files with their names.
 *
 * <p>All CPUs hash: a file's hash is the hash of its chunks' hashes. Short commands run without C2, whose SHA-256 is several
 * times as fast.
 */
public final class ContentHashes {
    private static final char UNDECODABLE = '\uFFFD';
    private static final int CHUNK = 1 << 20;
    private static final int CHUNK_DIGITS = 64;
    private static final int DIGITS = 32;

    /** A placeholder, as long as every hash. */
    static final String ANY = "0".repeat(DIGITS);

    public FileHashes of(List<Path> paths) {
        return new FileHashes(hashes(paths, path -> hash(path, filesBelow(path))));
    }

    /** Hashes the Python modules in directories; what else is there does not count. */
    Map<Path, String> ofModules(List<Path> directories) {
        return hashes(
                directories,
                directory -> hash(directory, ModuleTree.of(directory).files()));
    }

    private interface Hashing {
        String hash(Path path) throws IOException;
    }

    private static Map<Path, String> hashes(List<Path> paths, Hashing hashing) {
        Map<Path, String> contents = new HashMap<>();
        for (Path path : paths) {
            try {
                contents.put(path, hashing.hash(path));
            } catch (FileSystemLoopException loop) {
                throw CommandFailure.invalidFile("Cannot read " + path + ": the symbolic link " + loop.getFile()
                        + " leads to a directory above itself. Remove it.");
            } catch (EOFException shrunk) {
                throw CommandFailure.invalidFile("Cannot read " + path + ": it changed while it was read. Retry.");
            } catch (IOException exception) {
                throw CommandFailure.invalidFile(
                        "Cannot read " + path + ": " + exception.getMessage() + ". Check its permissions.");
            }
        }
        return contents;
    }

    private static String hash(Path path, List<Path> files) throws IOException {
        Sha256 digest = new Sha256();
        List<Chunk> chunks = new ArrayList<>();
        for (Path file : files) {
            long size = Files.size(file);
            digest.add(path.relativize(file).toString().replace('\\', '/') + "\0" + size + "\0");
            for (long start = 0; start < size; start += CHUNK) {
                chunks.add(new Chunk(file, start));
            }
        }
        try {
            chunks.parallelStream().map(Chunk::hash).toList().forEach(digest::add);
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
        return digest.hex(DIGITS);
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> found =
                    files.filter(file -> !Files.isDirectory(file)).sorted().toList();
            found.forEach(ContentHashes::requireReadable);
            return found;
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    /** A step that opens a FIFO waits for ever, and a name that Java cannot decode would be changed on the way to S3. */
    private static void requireReadable(Path file) {
        String fault = Files.isRegularFile(file)
                ? ""
                : Files.isSymbolicLink(file)
                        ? "the symbolic link leads nowhere. Remove it."
                        : "it is a FIFO, a socket or a device, not a file.";
        if (file.toString().indexOf(UNDECODABLE) >= 0) {
            fault = "its name is not valid UTF-8. Rename it.";
        }
        if (!fault.isEmpty()) {
            throw CommandFailure.invalidFile("Cannot read " + file + ": " + fault);
        }
    }

    private record Chunk(Path file, long start) {
        String hash() {
            Sha256 digest = new Sha256();
            byte[] buffer = new byte[CHUNK];
            try (InputStream content = Files.newInputStream(file)) {
                content.skipNBytes(start);
                digest.add(buffer, content.readNBytes(buffer, 0, CHUNK));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
            return digest.hex(CHUNK_DIGITS);
        }
    }
}
