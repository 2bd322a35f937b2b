package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.Requirement;
import org.emrelay.runner.model.Source.FromInstances;
import org.emrelay.runner.model.Source.FromStep;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;

/** Plans one step: its spark-submit command, uploads and fingerprint. */
final class StepPlanner {
    private final Step step;
    private final StepUploads uploads;
    private final Map<StepName, Fingerprint> upstreamFingerprints;
    private final Map<String, List<Argument>> inputUris = new HashMap<>();
    private final FingerprintBuilder fingerprint = new FingerprintBuilder();

    StepPlanner(Step step, FileHashes hashes, Map<StepName, Fingerprint> upstreamFingerprints) {
        this.step = step;
        this.uploads = new StepUploads(hashes, step.runs());
        this.upstreamFingerprints = upstreamFingerprints;
    }

    PlannedStep plan() {
        List<PlannedInput> inputs = step.inputs().stream().map(this::input).toList();
        SparkSubmit sparkSubmit = sparkSubmit();
        fingerprint.add("output", outputComponent(step.output()));
        return new PlannedStep(
                step.name(),
                step.description(),
                inputs,
                step.output(),
                step.dependencies(),
                sparkSubmit,
                uploads.uploads(),
                fingerprint.build(),
                step.failurePolicy(),
                step.skipReason());
    }

    private PlannedInput input(Input input) {
        PlannedInput planned = input.source() instanceof FileRef file ? fileInput(input, file) : stepInput(input);
        inputUris.put(input.name(), planned.uris());
        return planned;
    }

    private PlannedInput fileInput(Input input, FileRef file) {
        fingerprint.add("inputs." + input.name(), uploads.contentId(file));
        String kind = file instanceof FileRef.Local ? "local file" : "external";
        String origin = input.parameter().isEmpty() ? kind : "parameter " + input.parameter();
        return new PlannedInput(
                input.name(), List.of(uploads.argument(file, input.keepName())), origin, input.parameter());
    }

    private PlannedInput stepInput(Input input) {
        List<FromStep> outputs = input.source().stepOutputs();
        boolean isList = input.source() instanceof FromInstances;
        for (FromStep output : outputs) {
            StepName name = output.step();
            String instance = isList ? name.value().substring(name.base().length()) : "";
            fingerprint.add(
                    "inputs." + input.name() + instance,
                    "step " + name + subPath(output) + " " + upstreamFingerprint(name));
        }
        String first = outputs.get(0).step().base();
        String origin = isList
                ? "steps " + first + " (" + outputs.size() + ")"
                : "step " + outputs.get(0).step();
        List<Argument> uris = outputs.stream()
                .map(output -> Argument.of(new Argument.StepOutput(output.step(), output.path())))
                .toList();
        return new PlannedInput(input.name(), uris, origin, input.parameter());
    }

    private static String subPath(FromStep source) {
        return source.path().isEmpty() ? "" : "/" + source.path();
    }

    private String upstreamFingerprint(StepName name) {
        Fingerprint upstream = upstreamFingerprints.get(name);
        return upstream == null ? "unknown" : upstream.value();
    }

    private SparkSubmit sparkSubmit() {
        SparkSettings<NamedFile> settings = step.settings();
        Program program = step.program();
        fingerprint.addProgram(program, settings, uploads);
        Map<FileOption, List<Argument>> files = new LinkedHashMap<>();
        settings.files().forEach((option, list) -> files.put(option, files(option, list)));
        return new SparkSubmit(
                uploads.argument(program.file()),
                program.mainClassName().orElse(null),
                new SparkSettings<>(
                        settings.options(),
                        files,
                        arguments("spark_conf.", settings.conf()),
                        arguments("env.", settings.env())),
                programArguments(),
                step.arguments() instanceof Arguments.Verbatim verbatim && verbatim.legacy(),
                program instanceof Program.Python python
                        ? dependencies(python.dependencies())
                        : PythonDependencies.none(),
                null);
    }

    private PythonDependencies<Argument> dependencies(PythonDependencies<Requirement> declared) {
        fingerprint.addDependencies(declared, uploads);
        return new PythonDependencies<>(
                declared.requirements().stream().map(this::requirement).toList(),
                declared.constraints(),
                declared.version());
    }

    private Argument requirement(Requirement requirement) {
        if (requirement instanceof Requirement.PackageFile file) {
            return Argument.joined(
                    "",
                    List.of(
                            Argument.literal(file.prefix()),
                            uploads.argument(file.file()),
                            Argument.literal(file.suffix())));
        }
        return Argument.literal(
                requirement instanceof Requirement.PackageDirectory links
                        ? "--find-links " + links.directory()
                        : ((Requirement.Line) requirement).text());
    }

    private List<Argument> files(FileOption option, List<NamedFile> files) {
        return option == FileOption.JARS
                ? uploads.jarArguments(files)
                : files.stream().map(uploads::argument).toList();
    }

    private Map<String, Argument> arguments(String prefix, Map<String, Argument> templates) {
        Map<String, Argument> arguments = new LinkedHashMap<>();
        templates.forEach((key, template) -> {
            fingerprint.add(prefix + key, template);
            arguments.put(key, planned(template));
        });
        return arguments;
    }

    private List<Argument> programArguments() {
        List<Argument> arguments = new ArrayList<>();
        if (step.arguments() instanceof Arguments.Verbatim verbatim) {
            // The text is part of the fingerprint: another one would invalidate the results of earlier versions.
            fingerprint.add("args", "a list of words");
            for (int i = 0; i < verbatim.arguments().size(); i++) {
                fingerprint.add("args[" + i + "]", verbatim.arguments().get(i));
                arguments.addAll(plannedAll(verbatim.arguments().get(i)));
            }
            return arguments;
        }
        List<Arguments.Flag> flags = ((Arguments.Flags) step.arguments()).flags();
        flags.forEach(flag -> fingerprint.addValues("args." + flag.name(), flag.values()));
        if (step.program() instanceof Program.Sql sql) {
            return sqlArguments(sql, flags);
        }
        step.inputs().forEach(input -> inputUris(input.name()).forEach(uri -> addFlag(arguments, input.name(), uri)));
        addFlag(arguments, step.output().flag(), outputUri());
        for (Arguments.Flag flag : flags) {
            if (flag.values().isEmpty()) {
                arguments.add(Argument.literal(dashed(flag.name())));
            }
            flag.values().stream()
                    .flatMap(value -> plannedAll(value).stream())
                    .forEach(value -> addFlag(arguments, flag.name(), value));
        }
        return arguments;
    }

    /** The arguments of the program that runs SQL files. Its flags are its own, so names come with their values: {@code words=s3://…}. */
    private List<Argument> sqlArguments(Program.Sql sql, List<Arguments.Flag> values) {
        List<Argument> arguments = new ArrayList<>();
        addFlag(arguments, "sql", uploads.argument(sql.source()));
        step.inputs()
                .forEach(input -> inputUris(input.name())
                        .forEach(uri -> addFlag(arguments, "input", uri.prefixed(input.name() + "="))));
        addFlag(arguments, "output", outputUri());
        addFlag(arguments, "format", Argument.literal(sql.format()));
        sql.partitionBy().forEach(column -> addFlag(arguments, "partition-by", Argument.literal(column)));
        for (Arguments.Flag flag : values) {
            flag.values()
                    .forEach(value -> addFlag(arguments, "arg", planned(value).prefixed(flag.name() + "=")));
        }
        return arguments;
    }

    private static void addFlag(List<Argument> arguments, String name, Argument value) {
        arguments.add(Argument.literal(dashed(name)));
        arguments.add(value);
    }

    private static String dashed(String name) {
        return (name.length() == 1 ? "-" : "--") + name;
    }

    /** One argument for each URI if the template is nothing but an input. */
    private List<Argument> plannedAll(Argument template) {
        return template.parts().size() == 1 && template.parts().get(0) instanceof Argument.InputUri input
                ? inputUris(input.input())
                : List.of(planned(template));
    }

    /** Replaces the references to the step's own input and output. */
    private Argument planned(Argument template) {
        return template.replace(part -> part instanceof Argument.InputUri input
                ? Argument.joined(",", inputUris(input.input()))
                : part instanceof Argument.OutputUri ? outputUri() : Argument.of(part));
    }

    private List<Argument> inputUris(String name) {
        List<Argument> uris = inputUris.get(name);
        if (uris == null) {
            throw new IllegalArgumentException(step.name() + " has no input " + name);
        }
        return uris;
    }

    private Argument outputUri() {
        return Argument.of(new Argument.StepOutput(step.name(), ""));
    }

    private static String outputComponent(Output output) {
        Output.Destination destination = output.destination();
        String location = destination instanceof Output.AtUri at
                ? at.uri()
                : destination instanceof Output.WorkspacePath inWorkspace ? inWorkspace.path() : "automatic";
        return location + " by --" + output.flag();
    }
}
