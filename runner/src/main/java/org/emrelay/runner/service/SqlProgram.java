package org.emrelay.runner.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.platform.file.CacheDirectory;
import org.emrelay.runner.platform.file.PrivateFiles;

/** The program that runs SQL files. It is part of runner.jar, and becomes a file for the steps that need it. */
final class SqlProgram {
    private static final String JAR = "sql-step.jar";
    private static final int DIGITS = 16;

    private SqlProgram() {}

    /** The jar in the user's cache, or in a temporary folder where the cache cannot be written. */
    static Path extract(Map<String, String> environment) {
        byte[] content = content();
        Optional<Path> cache = CacheDirectory.of(environment);
        try {
            if (cache.isPresent()) {
                return write(cache.get(), content);
            }
        } catch (IOException unwritable) {
            // The temporary folder serves as well.
        }
        try {
            Path temporary = Files.createTempDirectory("emrelay");
            Path file = write(temporary, content);
            // Workspaces have copies. What was registered last is deleted first.
            for (Path name = temporary;
                    !name.equals(file);
                    name = name.resolve(name.relativize(file).getName(0))) {
                name.toFile().deleteOnExit();
            }
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException exception) {
            throw CommandFailure.platform("Cannot write " + JAR + ", the program of SQL steps: "
                    + exception.getMessage() + ". Set XDG_CACHE_HOME to a directory that can be written.");
        }
    }

    private static byte[] content() {
        try (InputStream resource =
                Objects.requireNonNull(SqlProgram.class.getResourceAsStream(JAR), JAR + " is not bundled")) {
            return resource.readAllBytes();
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read " + JAR, exception);
        }
    }

    /** Several runners may do this at once. */
    private static Path write(Path directory, byte[] content) throws IOException {
        Sha256 digest = new Sha256();
        digest.add(content, content.length);
        Path folder = directory.resolve("programs").resolve(digest.hex(DIGITS));
        PrivateFiles.createDirectories(folder);
        Path file = folder.resolve(JAR);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            PrivateFiles.write(file, content);
        }
        return file;
    }
}
