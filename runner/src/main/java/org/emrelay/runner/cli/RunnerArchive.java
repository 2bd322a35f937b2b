package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.local.ClassArchiveCache;

/**
 * The class-data archive (AppCDS) of the runner itself, with the classes listed in {@code classes.txt}.
 *
 * <p>Only runner.sh uses it: a jar's manifest cannot name an archive.
 */
final class RunnerArchive {
    private static final String CLASS_LIST = "classes.txt";

    private RunnerArchive() {}

    /** Starts to create the archive in the background, if runner.sh found none. It passes its path without the suffix. */
    static void createIfMissing() {
        String missing = System.getProperty("runner.missing.archive", "");
        if (!missing.isEmpty()) {
            Path path = Path.of(missing);
            new ClassArchiveCache(Objects.requireNonNull(path.getParent()))
                    .createInBackground(String.valueOf(path.getFileName()), RunnerArchive::dumpCommand);
        }
    }

    private static List<String> dumpCommand(Path directory) throws IOException {
        Path classes = directory.resolve(CLASS_LIST);
        try (InputStream list = Objects.requireNonNull(RunnerArchive.class.getResourceAsStream(CLASS_LIST))) {
            Files.copy(list, classes);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + directory.resolve("archive"),
                "-cp",
                System.getProperty("java.class.path"));
    }
}
