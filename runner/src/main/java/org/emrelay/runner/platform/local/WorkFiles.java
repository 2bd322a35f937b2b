package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.file.FileTree;

/** Links a step's {@code files} into its working directory, where YARN would put them too. */
final class WorkFiles {
    private static final String SCHEME = "file:";

    private WorkFiles() {}

    static void link(AttemptRequest request, Path work) throws IOException {
        for (Argument file : request.sparkSubmit().settings().get(FileOption.FILES)) {
            link(file.resolve(request.uris()), work);
        }
    }

    /** A name after {@code #} is the alias of the file in the working directory. */
    private static void link(String file, Path work) throws IOException {
        int alias = file.lastIndexOf('#');
        String path = alias < 0 ? file : file.substring(0, alias);
        try {
            Path source = Path.of(path.startsWith(SCHEME) ? path.substring(SCHEME.length()) : path);
            String name = alias < 0 ? String.valueOf(source.getFileName()) : file.substring(alias + 1);
            Path target = work.resolve(name).normalize();
            if (Files.exists(source) && work.equals(target.getParent())) {
                createLink(source.toAbsolutePath(), target);
            }
        } catch (InvalidPathException remote) {
            // Not a local file: Spark fetches it.
        }
    }

    private static void createLink(Path source, Path target) throws IOException {
        try {
            Files.createSymbolicLink(target, source);
        } catch (FileAlreadyExistsException duplicate) {
            // Two files of the same name: the first wins, as in Spark.
        } catch (UnsupportedOperationException noLinks) {
            FileTree.copy(source, target);
        }
    }
}
