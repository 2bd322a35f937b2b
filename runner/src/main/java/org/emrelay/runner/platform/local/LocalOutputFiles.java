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

/** Looks at what a step has written. */
final class LocalOutputFiles {

    private LocalOutputFiles() {}

    /** Empty when there is nothing, or when it was left unfinished. */
    static Optional<OutputSummary> summary(Path output) throws IOException {
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (Files.isRegularFile(output)) {
            sizes.put("", Files.size(output));
            return Optional.of(OutputFiles.summary(sizes));
        } else if (!Files.isDirectory(output)) {
            return Optional.empty();
        }
        return gather(output, "", sizes) ? Optional.of(OutputFiles.summary(sizes)) : Optional.empty();
    }

    /** False when something uncommitted is met. */
    private static boolean gather(Path directory, String prefix, SortedMap<String, Long> sizes) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (OutputFiles.isUncommitted(name)) {
                    return false;
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && !OutputFiles.isMarker(name)) {
                    if (!gather(child, prefix + name + "/", sizes)) {
                        return false;
                    }
                } else if (!OutputFiles.isMarker(name)) {
                    sizes.put(prefix + name, Files.size(child));
                }
            }
        }
        return true;
    }

    /** What Hadoop keeps beside each file that it writes to a disk of this machine. */
    static boolean isChecksum(Path file) {
        String name = file.getFileName().toString();
        return OutputFiles.mayBeChecksum(name) && Files.exists(file.resolveSibling(OutputFiles.checked(name)));
    }
}
