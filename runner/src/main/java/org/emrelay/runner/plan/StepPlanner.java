package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedResource;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Template;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;

/** Plans one step: its words, its uploads, its fingerprint. */
final class StepPlanner {
    private final Step step;
    private final StepUploads files;
    private final Map<StepName, Fingerprint> earlier;
    private final Map<String, Argument> inputWords = new HashMap<>();
    private final FingerprintBuilder ingredients = new FingerprintBuilder();

    StepPlanner(Step step, FileHashes facts, Map<StepName, Fingerprint> earlier) {
        this.step = step;
        this.files = new StepUploads(facts, step.runs());
        this.earlier = earlier;
    }

    PlannedStep plan() {
        List<PlannedInput> inputs = step.inputs().stream().map(this::input).toList();
        SparkSubmit submission = submission();
        ingredients.add("output", output(step.output()));
        return new PlannedStep(
                step.name(),
                step.description(),
                inputs,
                step.output(),
                step.dependencies(),
                submission,
                files.uploads(),
                ingredients.fingerprint(),
                step.failurePolicy(),
                step.notRun());
    }

    private PlannedInput input(Input input) {
        Source source = input.source();
        Argument uri;
        String origin;
        if (source instanceof Source.FromStep fromStep) {
            uri = Argument.of(new Argument.OutputOf(fromStep.step(), fromStep.path()));
            origin = "step " + fromStep.step();
            ingredients.add("inputs." + input.name(), origin + below(fromStep) + " " + fingerprintOf(fromStep.step()));
        } else if (source instanceof Source.Local local) {
            uri = files.word(local);
            origin = input.parameter().isEmpty() ? "this machine" : "parameter " + input.parameter();
            ingredients.add("inputs." + input.name(), files.ingredient(local));
        } else {
            uri = Argument.literal(((Source.External) source).uri());
            origin = input.parameter().isEmpty() ? "outside" : "parameter " + input.parameter();
            ingredients.add("inputs." + input.name(), ((Source.External) source).uri());
        }
        inputWords.put(input.name(), uri);
        return new PlannedInput(input.name(), uri, origin, input.parameter());
    }

    private static String below(Source.FromStep source) {
        return source.path().isEmpty() ? "" : "/" + source.path();
    }

    private String fingerprintOf(StepName name) {
        Fingerprint fingerprint = earlier.get(name);
        return fingerprint == null ? "unknown" : fingerprint.value();
    }

    private SparkSubmit submission() {
        SparkSettings settings = step.settings();
        Program program = step.program();
        SparkSubmit.Sizes sizes = new SparkSubmit.Sizes(
                settings.executorMemory(), settings.executorCores(), settings.numExecutors(), settings.driverMemory());
        ingredients.addProgram(program, settings, files);
        return new SparkSubmit(
                files.word(program.resource()),
                program instanceof Program.Jar jar ? jar.mainClass() : null,
                sizes,
                settings.deployMode(),
                words("spark_conf.", settings.conf()),
                settings.packages(),
                files.jars(settings.jars()),
                settings.pyFiles().stream().map(files::word).toList(),
                named(settings.files()),
                named(settings.archives()),
                words("env.", settings.env()),
                arguments());
    }

    private List<Argument> named(List<NamedResource> resources) {
        return resources.stream().map(files::word).toList();
    }

    private Map<String, Argument> words(String prefix, Map<String, Template> templates) {
        Map<String, Argument> words = new LinkedHashMap<>();
        templates.forEach((key, template) -> {
            ingredients.add(prefix + key, template);
            words.put(key, word(template));
        });
        return words;
    }

    private List<Argument> arguments() {
        List<Argument> words = new ArrayList<>();
        if (step.arguments() instanceof Arguments.Verbatim verbatim) {
            ingredients.add("args", "a list of words");
            for (int i = 0; i < verbatim.words().size(); i++) {
                ingredients.add("args[" + i + "]", verbatim.words().get(i));
                words.add(word(verbatim.words().get(i)));
            }
            return words;
        }
        step.inputs().forEach(input -> flag(words, input.name(), inputWord(input.name())));
        flag(words, step.output().flag(), outputWord());
        for (Arguments.Flag flag : ((Arguments.Flags) step.arguments()).flags()) {
            ingredients.addValues("args." + flag.name(), flag.values());
            if (flag.values().isEmpty()) {
                words.add(Argument.literal(dashed(flag.name())));
            }
            flag.values().forEach(value -> flag(words, flag.name(), word(value)));
        }
        return words;
    }

    private static void flag(List<Argument> words, String name, Argument value) {
        words.add(Argument.literal(dashed(name)));
        words.add(value);
    }

    private static String dashed(String name) {
        return (name.length() == 1 ? "-" : "--") + name;
    }

    private Argument word(Template template) {
        return Argument.joined("", template.parts().stream().map(this::word).toList());
    }

    private Argument word(Template.Part part) {
        if (part instanceof Template.Literal literal) {
            return Argument.literal(literal.text());
        } else if (part instanceof Template.Secret secret) {
            return Argument.of(new Argument.Secret(secret.text()));
        } else if (part instanceof Template.InputUri input) {
            return inputWord(input.input());
        } else if (part instanceof Template.OutputUri) {
            return outputWord();
        }
        return Argument.of(new Argument.WorkspaceName());
    }

    private Argument inputWord(String name) {
        Argument word = inputWords.get(name);
        if (word == null) {
            throw new IllegalArgumentException(step.name() + " has no input " + name);
        }
        return word;
    }

    private Argument outputWord() {
        return Argument.of(new Argument.OutputOf(step.name(), ""));
    }

    private static String output(Output output) {
        Output.Destination destination = output.destination();
        String place = destination instanceof Output.At at
                ? at.uri()
                : destination instanceof Output.InWorkspace inWorkspace ? inWorkspace.path() : "automatic";
        return place + " by --" + output.flag();
    }
}
