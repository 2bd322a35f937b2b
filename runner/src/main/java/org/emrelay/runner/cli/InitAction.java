package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.PipelineCreation;
import org.emrelay.runner.service.PipelineTemplate;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a small pipeline that runs as it is. */
@Command(
        customSynopsis = "${COMMAND-NAME} [DIR] [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} sales", "  ${COMMAND-NAME} sales --python"})
final class InitAction extends ActionCommand {
    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description =
                    "The directory to create it in (default: the current one). Existing files are never replaced.")
    private Path directory;

    @Option(names = "--sql", description = "Steps are SQL files (default).")
    private boolean sql;

    @Option(names = "--python", description = "Steps are PySpark scripts.")
    private boolean python;

    @Option(names = "--java", description = "Steps are Java classes, with a build that needs only a JDK.")
    private boolean java;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        return new PipelineCreation(context).create(template(), directory, output(context));
    }

    private PipelineTemplate template() {
        List<PipelineTemplate> chosen = new ArrayList<>();
        if (sql) {
            chosen.add(PipelineTemplate.SQL);
        }
        if (python) {
            chosen.add(PipelineTemplate.PYTHON);
        }
        if (java) {
            chosen.add(PipelineTemplate.JAVA);
        }
        if (chosen.size() > 1) {
            throw CommandFailure.usage("--" + chosen.get(0) + " and --" + chosen.get(1) + " cannot be combined.");
        }
        return chosen.isEmpty() ? PipelineTemplate.SQL : chosen.get(0);
    }
}
