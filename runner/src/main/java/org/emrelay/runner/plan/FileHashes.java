package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.Step;

/**
 * The content hashes of a pipeline's local files and directories.
 *
 * <p>They are computed before planning, because the planner does no I/O.
 */
public record FileHashes(Map<Path, String> hashes) {
    public FileHashes {
        hashes = Map.copyOf(hashes);
    }

    public String get(Path path) {
        String hash = hashes.get(path);
        if (hash == null) {
            throw new IllegalArgumentException("no hash of " + path);
        }
        return hash;
    }

    /** The local files that a pipeline refers to: those whose hashes its plan needs. */
    public static List<Path> filesOf(Pipeline pipeline) {
        return pipeline.steps().stream()
                .filter(Step::runs)
                .flatMap(FileHashes::sourcesOf)
                .filter(FileRef.Local.class::isInstance)
                .map(file -> ((FileRef.Local) file).path())
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Source> sourcesOf(Step step) {
        Stream<FileRef> dependencies =
                step.settings().files().values().stream().flatMap(List::stream).map(NamedFile::file);
        return Stream.of(
                        Stream.of(step.program().file(), step.program().source()),
                        dependencies,
                        step.inputs().stream().map(Input::source))
                .flatMap(sources -> sources);
    }
}
