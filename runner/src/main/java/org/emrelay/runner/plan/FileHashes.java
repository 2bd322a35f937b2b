package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Requirement;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.Step;

/**
 * The content hashes of a pipeline's local files and directories.
 *
 * <p>They are computed before planning, because the planner does no I/O.
 */
public record FileHashes(Map<Path, String> hashes, Map<Path, String> modules) {
    public FileHashes {
        hashes = Map.copyOf(hashes);
        modules = Map.copyOf(modules);
    }

    public FileHashes(Map<Path, String> hashes) {
        this(hashes, Map.of());
    }

    public String get(Path path) {
        return get(hashes, path);
    }

    /** The hash of the Python modules in a directory. */
    String ofModules(Path directory) {
        return get(modules, directory);
    }

    private static String get(Map<Path, String> hashes, Path path) {
        String hash = hashes.get(path);
        if (hash == null) {
            throw new IllegalArgumentException("no hash of " + path);
        }
        return hash;
    }

    /** The local files that a pipeline refers to: those whose hashes its plan needs. */
    public static List<Path> filesOf(Pipeline pipeline) {
        return paths(pipeline, FileRef.Local.class, FileRef.Local::path);
    }

    /** The directories of Python modules that a pipeline refers to. */
    public static List<Path> modulesOf(Pipeline pipeline) {
        return paths(pipeline, FileRef.Modules.class, FileRef.Modules::directory);
    }

    private static <F> List<Path> paths(Pipeline pipeline, Class<F> kind, Function<F, Path> path) {
        return pipeline.steps().stream()
                .filter(Step::runs)
                .flatMap(FileHashes::sourcesOf)
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(path)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Source> sourcesOf(Step step) {
        Stream<FileRef> packages = step.program() instanceof Program.Python python
                ? python.dependencies().requirements().stream()
                        .filter(Requirement.PackageFile.class::isInstance)
                        .map(requirement -> ((Requirement.PackageFile) requirement).file())
                : Stream.empty();
        Stream<FileRef> dependencies =
                step.settings().files().values().stream().flatMap(List::stream).map(NamedFile::file);
        return Stream.of(
                        Stream.of(step.program().file(), step.program().source()),
                        dependencies,
                        packages,
                        step.inputs().stream().map(Input::source))
                .flatMap(sources -> sources);
    }
}
