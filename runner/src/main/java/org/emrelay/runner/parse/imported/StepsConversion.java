package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.emrelay.runner.parse.CommandConversion;

/** Converts the steps of EMR to those of a steps file. */
final class StepsConversion {
    private static final int MAX_NAME = 64;

    private final OrderedSteps steps = new OrderedSteps();
    private final List<SubmittedStep> submitted = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final BundleFiles bundle;
    private final ImportNotices notices;

    private StepsConversion(BundleFiles bundle, ImportNotices notices) {
        this.bundle = bundle;
        this.notices = notices;
    }

    /**
     * The steps in the form of a steps file; empty if none is carried over.
     *
     * @param defaultMode the deploy mode of a command without one
     * @param cleared the locations that steps of the source delete, and the names of these steps
     */
    static List<Map<String, Object>> convert(
            OrderedSteps source,
            String defaultMode,
            Map<String, String> cleared,
            BundleFiles bundle,
            ImportNotices notices) {
        StepsConversion conversion = new StepsConversion(bundle, notices);
        conversion.submit(source, defaultMode);
        return conversion.connect(cleared);
    }

    /** Keeps the steps that run spark-submit. */
    private void submit(OrderedSteps source, String defaultMode) {
        int[] kept = new int[source.size()];
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < source.size(); i++) {
            kept[i] = -1;
            EmrStepDefinition step = source.get(i);
            Optional<SubmittedStep> converted =
                    steps.contains(step) ? Optional.empty() : SubmittedStep.of(step, defaultMode, bundle, notices);
            if (steps.contains(step)) {
                notices.lost(
                        step.name(),
                        "the step occurs several times with the same command. Run the pipeline again instead.");
            }
            if (converted.isPresent()) {
                kept[i] = steps.size();
                steps.addAfterAll(step, kept[i] == i ? source.earlier(i) : keptOf(source.earlier(i), kept));
                submitted.add(SqlSubmission.recognized(converted.get(), bundle));
                names.add(uniqueName(step.name(), taken));
            }
        }
    }

    private static BitSet keptOf(BitSet steps, int[] kept) {
        BitSet indexes = new BitSet();
        steps.stream().map(index -> kept[index]).filter(index -> index >= 0).forEach(indexes::set);
        return indexes;
    }

    /** Names differ in more than case, because folders are named after steps. */
    private static String uniqueName(String text, Set<String> taken) {
        String base = CommandConversion.stepName(DeploymentValues.visible(text));
        String name = base;
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            String suffix = "-" + number;
            name = base.substring(0, Math.min(base.length(), MAX_NAME - suffix.length())) + suffix;
        }
        return name;
    }

    private List<Map<String, Object>> connect(Map<String, String> cleared) {
        List<List<ProgramArgument>> arguments = submitted.stream()
                .map(step -> ProgramArgument.parse(step.arguments()))
                .toList();
        List<Optional<OutputFinder.Found>> outputs =
                new OutputFinder(arguments, uri -> bundle.locate(uri).isPresent()).find();
        BitSet opaque = new BitSet();
        IntStream.range(0, outputs.size()).filter(i -> outputs.get(i).isEmpty()).forEach(opaque::set);
        KnownOutputs known = new KnownOutputs(names, outputs);
        ImportedOrder order = new ImportedOrder(steps, opaque);
        List<Map<String, Object>> converted = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            StepConnection.Connected connected =
                    new StepConnection(i, arguments.get(i), known, bundle, notices).connect();
            List<String> after =
                    order.next(connected.reads()).stream().map(names::get).toList();
            converted.add(keys(i, connected.keys(), after));
        }
        report(outputs, cleared);
        return converted;
    }

    private Map<String, Object> keys(int index, Map<String, Object> connected, List<String> after) {
        EmrStepDefinition step = steps.get(index);
        Map<String, Object> settings = submitted.get(index).settings();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("name", names.get(index));
        if (!step.description().isEmpty()) {
            keys.put("description", DeploymentValues.visible(step.description()).replace("${", "$${"));
        }
        settings.entrySet().stream()
                .filter(setting -> setting.getKey().matches("sql|script_uri|main_class"))
                .forEach(setting -> keys.put(setting.getKey(), setting.getValue()));
        keys.putAll(connected);
        if (!after.isEmpty()) {
            keys.put("after", after);
        }
        settings.forEach((key, value) -> keys.merge(key, value, StepsConversion::merged));
        if (!step.onFailure().isEmpty()) {
            keys.put("on_failure", step.onFailure());
        }
        if (step.retries() > 0) {
            keys.put("retries", (long) step.retries());
        }
        if (step.timeoutSeconds() > 0) {
            keys.put("timeout", duration(step.timeoutSeconds()));
        }
        return keys;
    }

    private static String duration(long seconds) {
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** A SQL step has its format in the output. */
    private static Object merged(Object first, Object second) {
        Map<Object, Object> merged = new LinkedHashMap<>();
        if (first instanceof Map<?, ?> one && second instanceof Map<?, ?> other) {
            merged.putAll(one);
            merged.putAll(other);
            return merged;
        }
        return first;
    }

    private void report(List<Optional<OutputFinder.Found>> outputs, Map<String, String> cleared) {
        Set<String> locations = new HashSet<>();
        for (int i = 0; i < outputs.size(); i++) {
            OutputFinder.Found output = outputs.get(i).orElse(null);
            if (output != null) {
                locations.add(output.location());
                if (!output.isAutomatic()) {
                    notices.changed(
                            names.get(i),
                            "the output keeps its location. A run refuses to replace what another program wrote there, unless"
                                    + " output.overwrite is \"any\".");
                }
            }
        }
        cleared.forEach((location, step) -> {
            if (!locations.contains(location)) {
                notices.lost(step, "it deletes " + location + ", which is not the output of a step.");
            }
        });
    }
}
