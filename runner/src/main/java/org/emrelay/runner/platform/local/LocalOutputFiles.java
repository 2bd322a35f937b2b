package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.platform.OutputContents;
import org.emrelay.runner.platform.OutputFiles;
import org.emrelay.runner.platform.OutputSummary;

/** Locates and summarizes the output of a step in a local directory. */
final class LocalOutputFiles {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private LocalOutputFiles() {}

    /** Converts an output URI, which may be a plain path, to a local path. */
    static Path path(String uri) throws IOException {
        try {
            Path path = uri.startsWith("file:") ? ofFileUri(uri) : Path.of(uri);
            if (path.isAbsolute()
                    && (uri.startsWith("file:") || !SCHEME.matcher(uri).matches())) {
                return path.normalize();
            }
        } catch (IllegalArgumentException invalid) {
            throw new IOException(uri + " is not a valid local path.", invalid);
        }
        throw new IOException(uri + " is not a local path: local steps need an absolute path or a file: URI.");
    }

    /** Hadoop does not escape spaces in file URIs, so java.net.URI may reject them. */
    private static Path ofFileUri(String uri) {
        try {
            return Path.of(URI.create(uri));
        } catch (IllegalArgumentException unescaped) {
            return Path.of(uri.substring("file:".length()).replaceFirst("^//+", "/"));
        }
    }

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

    /** Where the marker of an output is. */
    static Path marker(Path output) {
        return Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS)
                ? output.resolve(OutputFiles.MARKER)
                : output.resolveSibling(
                        OutputFiles.markerOf(output.getFileName().toString()));
    }

    /** Symbolic links are not followed: clearing an output deletes only the links. */
    static OutputContents contents(Path output) throws IOException {
        if (!Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            return OutputContents.of(new TreeMap<>(), "");
        }
        Path marker = marker(output);
        SortedMap<String, String> versions = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(output)) {
            for (Path file : tree.toList()) {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !file.equals(marker)) {
                    Path name = file.equals(output) ? output.getFileName() : output.relativize(file);
                    BasicFileAttributes attributes =
                            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    versions.put(
                            name.toString(),
                            attributes.size() + " "
                                    + attributes.lastModifiedTime().toMillis());
                }
            }
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
        return OutputContents.of(
                versions, Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS) ? Files.readString(marker) : "");
    }

    /** Whether the file is a checksum that Hadoop's local file system writes next to each file. */
    static boolean isChecksum(Path file) {
        String name = file.getFileName().toString();
        return OutputFiles.isChecksumName(name) && Files.exists(file.resolveSibling(OutputFiles.checksummedFile(name)));
    }
}
