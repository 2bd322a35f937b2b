package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.PipelineImport;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the files of a pipeline that another tool describes. */
@Command(
        customSynopsis = "${COMMAND-NAME} FILE... [options]",
        footer = {
            "%nExamples:",
            "  ${COMMAND-NAME} state-machine.asl.json --out imported",
            "  ${COMMAND-NAME} describe-cluster.json list-steps.json"
        })
final class ImportAction extends ActionCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "A state machine with EMR steps, the JSON of aws emr add-steps or create-cluster, or the answers of"
                            + " aws emr describe-cluster, list-steps and list-instance-fleets.")
    private List<Path> files;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The directory for steps.json and cluster-ec2-spot-fleet.json (default: the current one)."
                    + " Existing files are never replaced.")
    private Path directory;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        return new PipelineImport(context).execute(files, directory, output(context));
    }
}
