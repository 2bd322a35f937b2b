package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.platform.OutputFiles;

/** The folders of local outputs that other outputs need. */
final class LocalReferences {
    private LocalReferences() {}

    /** The paths of the folders that an output names; those elsewhere than in the local file system are not ours to keep. */
    static Set<String> of(String uri) throws IOException {
        Set<String> paths = new HashSet<>();
        if (!isLocal(uri)) {
            return paths;
        }
        Path file = LocalOutputFiles.path(uri).resolve(OutputFiles.REFERENCES);
        if (!Files.isRegularFile(file)) {
            return paths;
        }
        for (String reference : read(file)) {
            if (isLocal(reference)) {
                paths.add(LocalOutputFiles.path(reference).toString());
            }
        }
        return paths;
    }

    private static boolean isLocal(String uri) {
        return uri.startsWith("file:") || uri.startsWith("/");
    }

    private static List<String> read(Path file) throws IOException {
        try {
            return JsonFields.read(Files.readString(file), fields -> fields.list("references", JsonFields::text));
        } catch (MalformedJsonException damaged) {
            throw new IOException(
                    file + " does not say what its output needs: " + damaged.getMessage() + ". Delete that output.",
                    damaged);
        }
    }

    static boolean isPartlyDeleted(String uri) throws IOException {
        return isLocal(uri) && Files.exists(LocalOutputFiles.path(uri).resolve(OutputFiles.PARTLY_DELETED));
    }

    /**
     * What can be deleted of an output: the largest directories and the files without a folder that is needed.
     *
     * @param needed the folders that must stay, wherever they are
     */
    static List<Path> deletable(Path output, Set<Path> needed) throws IOException {
        List<Path> found = new ArrayList<>();
        Set<Path> present = new HashSet<>();
        for (Path folder : needed) {
            if (folder.startsWith(output) && Files.exists(folder)) {
                present.add(folder);
            }
        }
        addDeletable(output, present, found);
        return found;
    }

    private static void addDeletable(Path path, Set<Path> needed, List<Path> found) throws IOException {
        if (needed.contains(path) || path.endsWith(OutputFiles.PARTLY_DELETED)) {
            return;
        } else if (needed.stream().noneMatch(folder -> folder.startsWith(path))
                || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            found.add(path);
            return;
        }
        try (Stream<Path> children = Files.list(path)) {
            for (Path child : children.sorted().toList()) {
                addDeletable(child, needed, found);
            }
        }
    }
}
