package org.emrelay.runner.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.run.Run;

/**
 * The ids or paths of what a command created, alone on stdout.
 *
 * @param lines the ids or paths for people
 */
public record CreationReport(Map<String, Object> document, List<String> lines, String note) implements Report {
    public static CreationReport ofCluster(String id, String name, String note) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("cluster_id", id);
        document.put("name", name);
        return new CreationReport(document, List.of(id), note);
    }

    public static CreationReport ofRun(Run run, RunnerCommand command) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run_id", run.id().value());
        document.put("cluster_id", run.cluster().value());
        document.put("pipeline", run.plan().pipeline());
        return new CreationReport(
                document,
                List.of(run.id().value()),
                "Next: " + command.action("execute_steps", "-idc", run.cluster().value()));
    }

    public static CreationReport ofFetchedOutputs(RunId run, List<Path> paths) {
        List<String> lines = paths.stream().map(Path::toString).toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run_id", run.value());
        document.put("results", lines);
        return new CreationReport(document, lines, "");
    }

    public static CreationReport ofSchema(Path path) {
        return new CreationReport(Map.of("path", path.toString()), List.of(path.toString()), "");
    }

    public static CreationReport ofPipeline(Path directory, List<String> files, String note) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("path", directory.toString());
        document.put("files", files);
        return new CreationReport(document, files, note);
    }

    @Override
    public void writeText(PrintStream out) {
        lines.forEach(out::println);
    }
}
