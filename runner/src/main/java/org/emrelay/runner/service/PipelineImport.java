package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.JsonFile;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.parse.imported.ImportedFile;
import org.emrelay.runner.parse.imported.ImportedPipeline;
import org.emrelay.runner.parse.imported.PipelineImporter;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.ImportReport;

/** Writes the files of a pipeline that another tool describes, and never replaces one. */
public final class PipelineImport {
    private static final String STEPS = "steps.json";
    private static final String CLUSTER = "cluster-ec2-spot-fleet.json";

    private final RunnerContext context;

    public PipelineImport(RunnerContext context) {
        this.context = context;
    }

    /**
     * Converts the files, writes the result, and prints what was not carried over and what is wrong with it.
     *
     * @param files as on the command line
     * @param given the directory as on the command line; it need not exist
     */
    public ExitCode execute(List<Path> files, Path given, CommandOutput output) throws IOException {
        Path directory = context.resolve(given);
        ImportedPipeline imported = convert(read(files), directory);
        Map<String, String> contents = new LinkedHashMap<>();
        if (!imported.steps().isEmpty()) {
            contents.put(STEPS, JsonWriter.pretty(imported.steps()));
        }
        if (!imported.cluster().isEmpty()) {
            contents.put(CLUSTER, JsonWriter.pretty(imported.cluster()));
        }
        PipelineCreation.requireAbsent(directory, contents.keySet());
        Files.createDirectories(directory);
        for (Map.Entry<String, String> content : contents.entrySet()) {
            Files.writeString(
                    directory.resolve(content.getKey()),
                    content.getValue(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW);
        }
        List<String> paths = contents.keySet().stream()
                .map(name -> directory.resolve(name).toString())
                .toList();
        output.print(new ImportReport(directory, paths, imported, problems(imported, given), next(imported, given)));
        return ExitCode.DONE;
    }

    /** All files; fails the command with the problems of those that are no JSON. */
    private List<ImportedFile> read(List<Path> files) {
        List<ImportedFile> read = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files) {
            Path path = context.resolve(file);
            ParseResult<JsonValue> content = JsonFile.read(path, file.toString(), PipelineImporter::prepared);
            problems.addAll(content.problems());
            content.usable().ifPresent(json -> read.add(new ImportedFile(file.toString(), path, json)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidFileException(problems);
        }
        return read;
    }

    private static ImportedPipeline convert(List<ImportedFile> files, Path directory) {
        try {
            return PipelineImporter.convert(files, directory);
        } catch (IllegalArgumentException nothingToImport) {
            throw CommandFailure.invalidFile(String.valueOf(nothingToImport.getMessage()));
        }
    }

    /** What the platform with a cluster file finds in the written files. */
    private List<Problem> problems(ImportedPipeline imported, Path directory) {
        Path cluster = directory.resolve(CLUSTER).normalize();
        if (imported.steps().isEmpty()) {
            return ClusterFileReader.read(context.resolve(cluster), cluster.toString())
                    .problems();
        }
        ClusterPlatform platform = context.platforms().all().stream()
                .filter(each -> each.rules().usesClusterFile())
                .findFirst()
                .orElse(context.platforms().all().get(0));
        PipelineSource source = new PipelineSource(directory.resolve(STEPS).normalize(), null, Map.of(), null);
        return new PipelineFiles(context, source, platform).check().problems();
    }

    private String next(ImportedPipeline imported, Path directory) {
        return imported.steps().isEmpty()
                ? "No steps: add the answer of aws emr list-steps as a second FILE to import them too."
                : "Next: "
                        + context.command()
                                .action(
                                        "plan",
                                        "-t",
                                        "emr",
                                        "-steps",
                                        directory.resolve(STEPS).normalize().toString());
    }
}
