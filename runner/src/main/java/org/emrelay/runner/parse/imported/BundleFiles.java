package org.emrelay.runner.parse.imported;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of an export of our own, which lie in a folder beside it, under the paths that they have in the workspace.
 *
 * @param bundles the folders; they need not exist
 * @param target the directory of the files that will name them
 */
record BundleFiles(List<Path> bundles, Path target) {
    private static final Pattern UPLOADED =
            Pattern.compile("[Ss]3://[^/]+/(?:.*/)?((?:scripts|input|bootstrap-emr)/[^#]+)(#[^#/]*)?");

    BundleFiles {
        bundles = List.copyOf(bundles);
        Objects.requireNonNull(target, "target");
    }

    /** The path of an uploaded file as the target directory's files name it; empty if it is not in a bundle. */
    Optional<String> locate(String uri) {
        Matcher uploaded = UPLOADED.matcher(uri);
        if (!uploaded.matches()) {
            return Optional.empty();
        }
        String alias = Objects.requireNonNullElse(uploaded.group(2), "");
        return bundles.stream()
                .flatMap(bundle -> find(bundle, uploaded.group(1)).stream())
                .findFirst()
                .map(file -> target.relativize(file).toString().replace('\\', '/') + alias);
    }

    private static Optional<Path> find(Path bundle, String path) {
        try {
            Path file = bundle.resolve(path).normalize();
            Path folder = file.getParent();
            boolean isFound = folder != null
                    && folder.startsWith(bundle)
                    && (Files.exists(file) || matchesAny(folder, String.valueOf(file.getFileName())));
            return isFound ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException invalid) {
            return Optional.empty();
        }
    }

    /** Jars share one pattern. */
    private static boolean matchesAny(Path folder, String name) {
        if (!name.equals("*.jar") || !Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            return files.iterator().hasNext();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
