package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.platform.AttemptRequest;

/** Puts a step's {@code files} into its working directory, where YARN puts them and where scripts therefore look. */
final class WorkFiles {
    private static final String SCHEME = "file:";

    private WorkFiles() {}

    static void offer(AttemptRequest launch, Path work) throws IOException {
        for (Argument word : launch.submission().files()) {
            offer(word.text(launch.places()), work);
        }
    }

    /** A name after a {@code #} is what the step calls the file. */
    private static void offer(String file, Path work) throws IOException {
        int alias = file.lastIndexOf('#');
        String path = alias < 0 ? file : file.substring(0, alias);
        try {
            Path source = Path.of(path.startsWith(SCHEME) ? path.substring(SCHEME.length()) : path);
            String name = alias < 0 ? String.valueOf(source.getFileName()) : file.substring(alias + 1);
            Path target = work.resolve(name).normalize();
            if (Files.exists(source) && work.equals(target.getParent())) {
                link(source.toAbsolutePath(), target);
            }
        } catch (InvalidPathException elsewhere) {
            // Not a file of this machine: Spark fetches it.
        }
    }

    private static void link(Path source, Path target) throws IOException {
        try {
            Files.createSymbolicLink(target, source);
        } catch (FileAlreadyExistsException twice) {
            // Two files of one name: the first wins, as with Spark.
        } catch (UnsupportedOperationException noLinks) {
            FileTree.copy(source, target);
        }
    }
}
