package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.Step;

/** Lists the local files a pipeline refers to: those that {@link FileHashes} must contain. */
public final class ReferencedFiles {
    private ReferencedFiles() {}

    public static List<Path> of(Pipeline pipeline) {
        TreeSet<Path> files = new TreeSet<>();
        for (Step step : pipeline.steps()) {
            if (step.runs()) {
                fileRefs(step)
                        .filter(FileRef.Local.class::isInstance)
                        .map(file -> ((FileRef.Local) file).path())
                        .forEach(files::add);
                step.inputs().stream()
                        .map(Input::source)
                        .filter(Source.Local.class::isInstance)
                        .map(source -> ((Source.Local) source).path())
                        .forEach(files::add);
            }
        }
        return List.copyOf(files);
    }

    private static Stream<FileRef> fileRefs(Step step) {
        return Stream.concat(
                Stream.of(step.program().file()),
                step.settings().files().values().stream().flatMap(List::stream).map(NamedFile::file));
    }
}
