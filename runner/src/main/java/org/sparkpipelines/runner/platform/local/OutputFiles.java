package org.sparkpipelines.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sparkpipelines.runner.platform.OutputSummary;

/** Looks at what a step has written. */
final class OutputFiles {

    /** Where Spark gathers what tasks write before it commits them: while it is there, nothing is complete. */
    private static final String UNCOMMITTED = "_temporary";

    private OutputFiles() {}

    /** Empty when there is nothing, or when it was left unfinished. */
    static Optional<OutputSummary> summary(Path output) throws IOException {
        if (Files.isRegularFile(output)) {
            SortedMap<String, Long> sizes = new TreeMap<>();
            sizes.put("", Files.size(output));
            return Optional.of(summary(sizes));
        } else if (!Files.isDirectory(output)) {
            return Optional.empty();
        }
        SortedMap<String, Long> sizes = new TreeMap<>();
        return gather(output, "", sizes) ? Optional.of(summary(sizes)) : Optional.empty();
    }

    /** False when something uncommitted is met. */
    private static boolean gather(Path directory, String prefix, SortedMap<String, Long> sizes) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (name.equals(UNCOMMITTED)) {
                    return false;
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && !isMarker(name)) {
                    if (!gather(child, prefix + name + "/", sizes)) {
                        return false;
                    }
                } else if (!isMarker(name)) {
                    sizes.put(prefix + name, Files.size(child));
                }
            }
        }
        return true;
    }

    /** What Spark itself overlooks when it reads a directory; a folder of a partition such as {@code _year=1813} it does not. */
    private static boolean isMarker(String name) {
        return name.startsWith(".") || (name.startsWith("_") && !name.contains("=")) || name.endsWith(".crc");
    }

    /** What Hadoop keeps beside each file that it writes to a disk of this machine; nobody else reads it. */
    static boolean isChecksum(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".")
                && name.endsWith(".crc")
                && Files.exists(file.resolveSibling(name.substring(1, name.length() - ".crc".length())));
    }

    private static OutputSummary summary(SortedMap<String, Long> sizes) {
        MessageDigest digest = sha256();
        sizes.forEach((name, size) -> digest.update((name + "\0" + size + "\n").getBytes(StandardCharsets.UTF_8)));
        return new OutputSummary(
                sizes.size(),
                sizes.values().stream().mapToLong(Long::longValue).sum(),
                HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
