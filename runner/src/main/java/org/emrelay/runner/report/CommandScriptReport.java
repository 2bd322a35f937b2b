package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.ShellWord;

/**
 * A Bash script that runs a pipeline on this machine with plain spark-submit. It creates links to files in a directory, at the same paths
 * as in a workspace, and reads secrets from environment variables.
 */
public final class CommandScriptReport implements Report {
    private static final String DIRECTORY = "\"$work\"";
    private static final List<String> ENVIRONMENT_PREFIXES = List.of("spark.executorEnv.", "spark.yarn.appMasterEnv.");

    /** Prefixes of properties that have no effect in a single process, or are set by an option. */
    private static final List<String> CLUSTER_PREFIXES = List.of(
            "spark.yarn.",
            "spark.executorEnv.",
            "spark.executor.",
            "spark.master",
            "spark.submit.deployMode",
            "spark.driver.memory",
            "spark.dynamicAllocation.",
            "spark.shuffle.service.");

    private final ExecutionPlan plan;
    private final String origin;
    private final Map<StepName, PlannedStep> steps;

    /** The names of environment variables, by secret. */
    private final Map<String, String> variables = new LinkedHashMap<>();

    /** @param origin the command that creates the script */
    public CommandScriptReport(ExecutionPlan plan, String origin) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.steps = plan.byName();
    }

    @Override
    public Map<String, Object> document() {
        return Map.of("script", script());
    }

    @Override
    public void writeText(PrintStream out) {
        out.print(script());
    }

    private String script() {
        variables.clear();
        String commands = plan.steps().stream().map(this::step).collect(Collectors.joining("\n"));
        StringBuilder text = new StringBuilder();
        text.append("#!/usr/bin/env bash\n");
        text.append("# Runs the pipeline " + plan.pipeline() + " on this machine, one step after another. Made by:\n");
        text.append("#   " + TerminalText.line(origin) + "\n");
        text.append("# Usage: bash SCRIPT [DIRECTORY]; the outputs, and links to the inputs, go to the directory.\n");
        text.append("# Needs spark-submit of Spark 3.5. Retries, time limits and reuse of results need Emrelay.\n");
        text.append("set -eu\n");
        variables.forEach(
                (secret, name) -> text.append(": \"${" + name + ":?is a secret of the pipeline: export it}\"\n"));
        text.append("work=${1:-" + ShellWord.quoted(plan.pipeline() + "-commands") + "}\n");
        text.append("mkdir -p -- \"$work\"\nwork=$(cd -- \"$work\" && pwd -P)\n");
        text.append("link() { mkdir -p -- \"${2%/*}\"; ln -sfn -- \"$1\" \"$2\"; }\n");
        new TreeSet<>(uploads()
                        .filter(upload -> upload.form() == Upload.Form.AS_IS)
                        .map(CommandScriptReport::link)
                        .toList())
                .forEach(text::append);
        modules(text);
        text.append("cd -- \"$work\"\n\n").append(commands);
        List<String> results = plan.finalSteps(name -> planned(name).runs()).stream()
                .map(this::output)
                .toList();
        if (!results.isEmpty()) {
            text.append("\nprintf 'Result: %s\\n' " + String.join(" ", results) + "\n");
        }
        return text.toString();
    }

    private static String link(Upload upload) {
        return "link " + ShellWord.quoted(upload.source().toString()) + " " + below(upload.path()) + "\n";
    }

    /** Zips directories of modules: a package under its name, any other directory by its content. */
    private void modules(StringBuilder text) {
        List<Upload> modules =
                uploads().filter(upload -> upload.form() == Upload.Form.MODULES).toList();
        if (!modules.isEmpty()) {
            text.append("zip_modules() {\n")
                    .append("  [ -d \"$1\" ] || { echo \"$1 does not exist.\" >&2; exit 1; }\n")
                    .append("  mkdir -p -- \"${2%/*}\"\n")
                    .append(
                            "  if [ -e \"$1/__init__.py\" ]; then set -- \"$1\" \"$2\" \"$1\"; else set -- \"$1\" \"$2\""
                                    + " \"$1\"/*; fi\n")
                    .append("  python3 -m zipfile -c \"$2\" \"${@:3}\"\n}\n");
        }
        modules.forEach(upload -> text.append(
                "zip_modules " + ShellWord.quoted(upload.source().toString()) + " " + below(upload.path()) + "\n"));
    }

    private Stream<Upload> uploads() {
        return plan.steps().stream().flatMap(step -> step.uploads().stream()).distinct();
    }

    private String step(PlannedStep step) {
        if (!step.runs()) {
            return "# Step " + step.name() + " does not run: " + TerminalText.line(step.skipReason()) + "\n";
        }
        String output = output(step.name());
        StringBuilder text = new StringBuilder(packages(step));
        text.append("echo " + ShellWord.quoted("Step " + step.name()) + " >&2\n");
        if (step.output().destination() instanceof Output.AtUri) {
            text.append("mkdir -p -- \"$(dirname -- " + output + ")\"\n");
        } else {
            text.append("rm -rf -- " + output + "\n");
            text.append("mkdir -p -- " + output.substring(0, output.lastIndexOf('/')) + "\n");
        }
        return text + String.join(" \\\n  ", command(step)) + "\n";
    }

    /** Names the packages that the step's Python needs, because the script installs none. */
    private String packages(PlannedStep step) {
        PlaceholderUris uris = PlaceholderUris.forDisplay(plan);
        List<String> packages = step.sparkSubmit().python().requirements().stream()
                .map(requirement -> requirement.masked(uris))
                .toList();
        return packages.isEmpty()
                ? ""
                : "# The Python of this step needs: " + TerminalText.line(String.join(", ", packages)) + "\n";
    }

    /** Returns the parts of the command, one per line. */
    private List<String> command(PlannedStep step) {
        SparkSubmit submit = step.sparkSubmit();
        List<String> lines = new ArrayList<>();
        Map<String, String> environment = environment(submit);
        if (!environment.isEmpty()) {
            lines.add("env "
                    + environment.entrySet().stream()
                            .map(variable -> ShellWord.quoted(variable.getKey() + "=") + variable.getValue())
                            .collect(Collectors.joining(" ")));
        }
        lines.add("spark-submit --master 'local[*]'"
                + (submit.mainClass() == null ? "" : " --class " + ShellWord.quoted(submit.mainClass())));
        // A single process is both driver and executor.
        Stream.of(SparkOption.DRIVER_MEMORY, SparkOption.EXECUTOR_MEMORY)
                .flatMap(option -> Stream.ofNullable(submit.settings().get(option)))
                .max((left, right) -> Long.compare(left.mebibytes(), right.mebibytes()))
                .map(MemorySize::toString)
                .ifPresent(memory -> lines.add("--driver-memory " + ShellWord.quoted(memory)));
        submit.settings().conf().forEach((key, value) -> {
            if (CLUSTER_PREFIXES.stream().noneMatch(key::startsWith)) {
                lines.add("--conf " + ShellWord.quoted(key + "=") + word(value, key));
            }
        });
        addPairs(lines, submit.dependencyOptions());
        lines.add(word(submit.program(), "program"));
        addPairs(lines, submit.arguments());
        return lines;
    }

    private Map<String, String> environment(SparkSubmit submit) {
        Map<String, String> environment = new LinkedHashMap<>();
        submit.settings()
                .conf()
                .forEach((key, value) -> ENVIRONMENT_PREFIXES.stream()
                        .filter(key::startsWith)
                        .map(prefix -> key.substring(prefix.length()))
                        .forEach(name -> environment.put(name, word(value, name))));
        submit.settings().env().forEach((name, value) -> environment.put(name, word(value, name)));
        return environment;
    }

    /** Puts a flag and its value on the same line. */
    private void addPairs(List<String> lines, List<Argument> arguments) {
        String flag = "";
        for (Argument argument : arguments) {
            String word = word(argument, flag.isEmpty() ? "argument" : flag);
            boolean isFlag = word.startsWith("-");
            if (isFlag || flag.isEmpty()) {
                lines.add(word);
            } else {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + word);
            }
            flag = isFlag ? word : "";
        }
    }

    /** Quotes an argument as a single Bash word. */
    private String word(Argument argument, String name) {
        String word = argument.parts().stream().map(part -> word(part, name)).collect(Collectors.joining());
        return word.isEmpty() ? "''" : word;
    }

    private String word(Argument.Part part, String name) {
        if (part instanceof Argument.Literal literal) {
            return literal.text().isEmpty() ? "" : ShellWord.quoted(literal.text());
        } else if (part instanceof Argument.Secret secret) {
            return "\"$" + variable(secret.text(), name) + "\"";
        } else if (part instanceof Argument.UploadedFile file) {
            return below(file.path());
        } else if (part instanceof Argument.StepOutput output) {
            return output(output.step()) + (output.path().isEmpty() ? "" : ShellWord.quoted("/" + output.path()));
        }
        return "\"${work##*/}\"";
    }

    /** Returns the variable for a secret, named after its flag or property. */
    private String variable(String secret, String name) {
        return variables.computeIfAbsent(secret, unnamed -> {
            String base = name.replaceAll("[^A-Za-z0-9]+", "_")
                    .replaceAll("^_|_$", "")
                    .toUpperCase(Locale.ROOT);
            String valid = base.isEmpty() || Character.isDigit(base.charAt(0)) ? "SECRET_" + base : base;
            String variable = valid;
            for (int i = 2; variables.containsValue(variable); i++) {
                variable = valid + "_" + i;
            }
            return variable;
        });
    }

    private PlannedStep planned(StepName name) {
        return Objects.requireNonNull(steps.get(name), "not planned");
    }

    private String output(StepName name) {
        Output.Destination destination = planned(name).output().destination();
        if (destination instanceof Output.AtUri at) {
            return ShellWord.quoted(at.uri());
        }
        return destination instanceof Output.WorkspacePath path ? below(path.path()) : below("output/" + name);
    }

    private static String below(String path) {
        return DIRECTORY + ShellWord.quoted("/" + path);
    }
}
