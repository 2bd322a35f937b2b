package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.platform.OutputFiles;
import org.emrelay.runner.platform.OutputSummary;

/** Summarizes the output of a step in a local directory. */
final class LocalOutputFiles {

    private LocalOutputFiles() {}

    /** Empty if the output does not exist or has an unfinished commit. */
    static Optional<OutputSummary> summary(Path output) throws IOException {
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (Files.isRegularFile(output)) {
            sizes.put("", Files.size(output));
            return Optional.of(OutputFiles.summarize(sizes));
        } else if (!Files.isDirectory(output)) {
            return Optional.empty();
        }
        return collectSizes(output, "", sizes) ? Optional.of(OutputFiles.summarize(sizes)) : Optional.empty();
    }

    /** False if there is uncommitted output. */
    private static boolean collectSizes(Path directory, String prefix, SortedMap<String, Long> sizes)
            throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (OutputFiles.isUncommitted(name)) {
                    return false;
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && !OutputFiles.isHidden(name)) {
                    if (!collectSizes(child, prefix + name + "/", sizes)) {
                        return false;
                    }
                } else if (!OutputFiles.isHidden(name)) {
                    sizes.put(prefix + name, Files.size(child));
                }
            }
        }
        return true;
    }

    /** Whether the file is a checksum that Hadoop's local file system writes next to each file. */
    static boolean isChecksum(Path file) {
        String name = file.getFileName().toString();
        return OutputFiles.isChecksumName(name) && Files.exists(file.resolveSibling(OutputFiles.checksummedFile(name)));
    }
}
