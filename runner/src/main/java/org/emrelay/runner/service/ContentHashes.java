package org.emrelay.runner.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.plan.FileHashes;

/** Hashes files for a plan; of a directory, all files with their names. */
public final class ContentHashes {
    private static final int BUFFER = 1 << 18;
    private static final int HASH_BYTES = 8;

    /** A placeholder, as long as every hash. */
    static final String ANY = "0".repeat(2 * HASH_BYTES);

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
        MessageDigest digest = sha256();
        if (Files.isDirectory(path)) {
            for (Path file : filesBelow(path)) {
                digest.update(
                        path.relativize(file).toString().replace('\\', '/').getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(Long.toString(Files.size(file)).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) 0);
                update(digest, file);
            }
        } else {
            update(digest, path);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    private void update(MessageDigest digest, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            int read = content.read(buffer);
            while (read >= 0) {
                digest.update(buffer, 0, read);
                read = content.read(buffer);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
