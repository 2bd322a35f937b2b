package org.emrelay.runner.export.stepfunctions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.export.ReferenceText;
import org.emrelay.runner.export.cloudformation.ClusterResourcesTemplate;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonWriter;

/**
 * Writes texts with references for a state machine. CloudFormation replaces <code>${Bucket}</code> and others when it creates the state machine.
 * The ID of the run is the name of the execution, which only an intrinsic function can insert.
 */
final class StateMachineText implements ReferenceText.Format {
    /** Stands for a literal <code>${</code>, which CloudFormation must not take for one of its own. */
    private static final char DOLLAR = '\uE002';

    private static final String RUN = "$$.Execution.Name";

    /** What has a meaning in the texts of intrinsic functions, where it would have to be escaped. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\'{}]");

    /** The JSON text of a state machine. */
    static String json(Map<String, Object> definition) {
        return JsonWriter.pretty(definition).replace(String.valueOf(DOLLAR), "\\u0024");
    }

    @Override
    public Object text(ReferenceText text) {
        return text.render(StateMachineText::literal, StateMachineText::substitution);
    }

    /** Only the list of a cluster's subnets, which {@link #subnets} handles. */
    @Override
    public Object list(Reference reference) {
        return List.of(substitution(reference));
    }

    private static String literal(String text) {
        return text.replace("${", DOLLAR + "{");
    }

    private static String substitution(Reference reference) {
        return "${" + ClusterResourcesTemplate.outputName(reference) + "}";
    }

    /** The intrinsic function that makes a list of the text with the subnets. */
    static String subnets() {
        return "States.StringSplit('" + substitution(Reference.SUBNETS) + "', ',')";
    }

    /**
     * The arguments of a step: a list, or an intrinsic function that makes it if they have the ID of the run.
     *
     * @param path of a list in the state
     * @param texts that list; gets what a function cannot contain as it is
     */
    static JsonMap arguments(List<String> arguments, String path, List<String> texts) {
        List<ReferenceText> all = arguments.stream().map(ReferenceText::of).toList();
        if (all.stream().noneMatch(text -> text.has(Reference.RUN))) {
            return new JsonMap()
                    .with("Args", all.stream().map(new StateMachineText()::text).toList());
        }
        return new JsonMap()
                .with(
                        "Args.$",
                        all.stream()
                                .map(text -> function(text, path, texts))
                                .collect(Collectors.joining(", ", "States.Array(", ")")));
    }

    private static String function(ReferenceText text, String path, List<String> texts) {
        List<String> inserted = new ArrayList<>();
        String template = text.render(
                literal -> {
                    if (!SPECIAL.matcher(literal).find()) {
                        return literal(literal);
                    }
                    texts.add(literal(literal));
                    inserted.add(path + "[" + (texts.size() - 1) + "]");
                    return "{}";
                },
                reference -> {
                    if (reference == Reference.RUN) {
                        inserted.add(RUN);
                        return "{}";
                    }
                    return substitution(reference);
                });
        if (inserted.isEmpty()) {
            return "'" + template + "'";
        } else if (template.equals("{}")) {
            return inserted.get(0);
        }
        return "States.Format('" + template + "', " + String.join(", ", inserted) + ")";
    }
}
