package org.emrelay.runner.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.parse.JsonSchema;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.service.RunnerContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the JSON Schema of a file, or writes it to a directory. */
@Command(
        customSynopsis = "${COMMAND-NAME} steps|cluster|stream|report [options]",
        footer = {"%nExamples:", "  ${COMMAND-NAME} steps", "  ${COMMAND-NAME} cluster --to schemas"})
final class SchemaAction extends ActionCommand {
    @Parameters(
            paramLabel = "steps|cluster|stream|report",
            description = "The steps file, the cluster file, the stream file, or the report of a run as JSON.")
    private JsonSchema schema;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Write the schema to this directory, under the file name used in $schema.")
    private @Nullable Path directory;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        if (directory == null) {
            context.out().print(schema.text());
            return ExitCode.DONE;
        }
        Path target = context.resolve(directory).resolve(schema.file());
        Files.createDirectories(context.resolve(directory));
        Files.writeString(target, schema.text(), StandardCharsets.UTF_8);
        output(context).print(CreationReport.ofSchema(target));
        return ExitCode.DONE;
    }
}
