package org.emrelay.runner.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.plan.FileHashes;

/** Hashes files for a plan; of a directory, all files with their names. */
public final class ContentHashes {
    private static final int BUFFER = 1 << 18;
    private static final int DIGITS = 16;

    /** A placeholder, as long as every hash. */
    static final String ANY = "0".repeat(DIGITS);

    private final byte[] buffer = new byte[BUFFER];

    public FileHashes of(List<Path> paths) {
        Map<Path, FileHashes.ContentHash> contents = new HashMap<>();
        for (Path path : paths) {
            try {
                contents.put(path, new FileHashes.ContentHash(hash(path)));
            } catch (IOException exception) {
                throw CommandFailure.invalidFile(
                        "Cannot read " + path + ": " + exception.getMessage() + ". Check its permissions.");
            }
        }
        return new FileHashes(contents);
    }

    private String hash(Path path) throws IOException {
        Sha256 digest = new Sha256();
        if (Files.isDirectory(path)) {
            for (Path file : filesBelow(path)) {
                digest.add(path.relativize(file).toString().replace('\\', '/') + "\0" + Files.size(file) + "\0");
                update(digest, file);
            }
        } else {
            update(digest, path);
        }
        return digest.hex(DIGITS);
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    private void update(Sha256 digest, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            int read = content.read(buffer);
            while (read >= 0) {
                digest.add(buffer, read);
                read = content.read(buffer);
            }
        }
    }
}
