package org.emrelay.runner.service.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.Literal;
import org.emrelay.runner.model.Argument.Part;
import org.emrelay.runner.model.Argument.StepOutput;
import org.emrelay.runner.model.Argument.UploadedFile;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.plan.Upload;

/**
 * The plan of the checks of a pipeline's steps: each step runs with its check flag, on its own, with the files of this computer.
 *
 * @param checkFlags by step; empty for a step without a check
 * @param results the outputs of earlier runs that a run would reuse, by step
 */
record StepCheckPlan(ExecutionPlan plan, Map<StepName, String> checkFlags, Map<StepName, String> results) {
    static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    /** Nothing can exist or be created below it, whoever the user is. */
    private static final String NOWHERE = "/dev/null/";

    /** A check downloads nothing. */
    private static final Set<String> ON_THIS_COMPUTER = Set.of("", "file", "local");

    StepCheckPlan {
        checkFlags = Map.copyOf(checkFlags);
        results = Map.copyOf(results);
    }

    ExecutionPlan checks() {
        List<PlannedStep> checks = plan.steps().stream()
                .filter(step -> whyUnchecked(step).isEmpty())
                .map(this::check)
                .toList();
        Set<StepName> names = checks.stream().map(PlannedStep::name).collect(Collectors.toSet());
        return new ExecutionPlan(
                plan.pipeline(),
                Map.of(),
                checks,
                plan.fileOrder().stream().filter(names::contains).toList());
    }

    /** Why a step that runs is not checked, by step. */
    Map<StepName, String> unchecked() {
        Map<StepName, String> unchecked = new LinkedHashMap<>();
        for (StepName name : plan.fileOrder()) {
            PlannedStep step = plan.find(name).orElseThrow();
            String reason = whyUnchecked(step);
            if (step.runs() && !reason.isEmpty()) {
                unchecked.put(name, reason);
            }
        }
        return unchecked;
    }

    /** The inputs of checked steps that are not on this computer: their URIs, by step and name, such as {@code words.titles}. */
    Map<String, String> unread() {
        Map<String, String> unread = new LinkedHashMap<>();
        for (StepName name : checks().fileOrder()) {
            plan.find(name)
                    .orElseThrow()
                    .inputs()
                    .forEach(input -> input.uris().stream()
                            .filter(StepCheckPlan::isRemote)
                            .forEach(uri -> unread.put(
                                    name + "." + input.name(), uri.masked(PlaceholderUris.forDisplay(plan)))));
        }
        return unread;
    }

    private String whyUnchecked(PlannedStep step) {
        if (!step.runs()) {
            return "does not run";
        } else if (checkFlags.getOrDefault(step.name(), "").isEmpty()) {
            return "declares no check";
        }
        List<Argument> files = new ArrayList<>(List.of(step.sparkSubmit().program()));
        step.sparkSubmit().settings().files().values().forEach(files::addAll);
        return files.stream().anyMatch(StepCheckPlan::isRemote) ? "its program is not on this computer" : "";
    }

    private static boolean isRemote(Argument argument) {
        return !ON_THIS_COMPUTER.contains(argument.scheme());
    }

    private PlannedStep check(PlannedStep step) {
        return new PlannedStep(
                step.name(),
                step.description(),
                List.of(),
                new Output(new Output.Automatic(), "output", "", Overwrite.NONE),
                Set.of(),
                check(step, step.sparkSubmit()),
                modules(step).toList(),
                step.fingerprint(),
                new FailurePolicy(OnFailure.CONTINUE, 0, TIME_LIMIT),
                "");
    }

    private SparkSubmit check(PlannedStep step, SparkSubmit submit) {
        Set<Part> remoteInputs = new HashSet<>();
        step.inputs()
                .forEach(input -> input.uris().stream()
                        .filter(StepCheckPlan::isRemote)
                        .forEach(uri -> remoteInputs.addAll(uri.parts())));
        List<Argument> arguments = new ArrayList<>();
        for (Argument argument : submit.arguments()) {
            arguments.add(argument.replace(part ->
                    Argument.of(remoteInputs.contains(part) ? new Literal(NOWHERE + "remote") : local(step, part))));
        }
        arguments.add(Argument.literal(checkFlags.getOrDefault(step.name(), "")));
        SparkSettings<Argument> settings = submit.settings();
        for (FileOption option : FileOption.values()) {
            settings = settings.with(
                    option,
                    settings.get(option).stream().map(file -> local(step, file)).toList());
        }
        return new SparkSubmit(
                local(step, submit.program()),
                submit.mainClass(),
                settings,
                arguments,
                submit.legacy(),
                submit.python(),
                null);
    }

    private Argument local(PlannedStep step, Argument argument) {
        return argument.replace(part -> Argument.of(local(step, part)));
    }

    private Part local(PlannedStep step, Part part) {
        if (part instanceof UploadedFile file) {
            return modules(step).anyMatch(upload -> upload.path().equals(file.path()))
                    ? file
                    : new Literal(sources(step, file.path()));
        } else if (part instanceof StepOutput output) {
            String result = output.step().equals(step.name()) ? null : results.get(output.step());
            String root = result == null ? NOWHERE + output.step().folder() : result;
            return new Literal(output.path().isEmpty() ? root : root + "/" + output.path());
        }
        return part;
    }

    /** Directories of modules, which the check gets as zips, as a run does. */
    private static Stream<Upload> modules(PlannedStep step) {
        return step.uploads().stream().filter(upload -> upload.form() == Upload.Form.MODULES);
    }

    /** The files on this computer; several for the jars that share one argument. */
    private static String sources(PlannedStep step, String path) {
        String folder = path.endsWith("/*.jar") ? path.substring(0, path.length() - "*.jar".length()) : null;
        return step.uploads().stream()
                .filter(upload -> folder == null
                        ? upload.path().equals(path)
                        : upload.path().startsWith(folder))
                .map(Upload::source)
                .map(Path::toString)
                .collect(Collectors.joining(","));
    }
}
