package org.emrelay.runner.export.stepfunctions;

import java.util.List;
import java.util.Map;
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

    /** The JSON text of a state machine. */
    static String json(Map<String, Object> definition) {
        return JsonWriter.pretty(definition).replace(String.valueOf(DOLLAR), "\\u0024");
    }

    @Override
    public Object text(ReferenceText text) {
        return substituted(text, literal -> literal);
    }

    /** Only the list of a cluster's subnets, which {@link #subnets} handles. */
    @Override
    public Object list(Reference reference) {
        return List.of(substitution(reference));
    }

    private static String substituted(ReferenceText text, java.util.function.UnaryOperator<String> literal) {
        return text.render(
                each -> literal.apply(each).replace("${", DOLLAR + "{"),
                reference -> reference == Reference.RUN ? "{}" : substitution(reference));
    }

    private static String substitution(Reference reference) {
        return "${" + ClusterResourcesTemplate.outputName(reference) + "}";
    }

    /** The intrinsic function that makes a list of the text with the subnets. */
    static String subnets() {
        return "States.StringSplit('" + substitution(Reference.SUBNETS) + "', ',')";
    }

    /** The arguments of a step: a list, or an intrinsic function that makes it if they have the ID of the run. */
    static JsonMap arguments(List<String> arguments) {
        List<ReferenceText> texts = arguments.stream().map(ReferenceText::of).toList();
        if (texts.stream().noneMatch(text -> text.has(Reference.RUN))) {
            return new JsonMap()
                    .with(
                            "Args",
                            texts.stream().map(new StateMachineText()::text).toList());
        }
        return new JsonMap()
                .with(
                        "Args.$",
                        texts.stream()
                                .map(StateMachineText::intrinsic)
                                .collect(Collectors.joining(", ", "States.Array(", ")")));
    }

    private static String intrinsic(ReferenceText text) {
        String literal = "'" + substituted(text, StateMachineText::escaped) + "'";
        long runs = text.parts().stream()
                .filter(part -> part.equals(new ReferenceText.Value(Reference.RUN)))
                .count();
        return runs == 0 ? literal : "States.Format(" + literal + (", " + RUN).repeat((int) runs) + ")";
    }

    /** In the texts of intrinsic functions, these characters have a meaning. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\'{}]", "\\\\$0");
    }
}
