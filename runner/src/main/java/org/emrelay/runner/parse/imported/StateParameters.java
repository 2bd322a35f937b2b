package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces the expressions in the parameters of a state by their values. */
final class StateParameters {
    private static final String EXPRESSION = ".$";

    /** The texts that Pass states put into the state, by the tokens of their paths. */
    private final Map<String, String> constants = new LinkedHashMap<>();

    StateParameters(JsonTree machine) {
        machine.get("States").members().values().forEach(this::addConstants);
    }

    private void addConstants(JsonTree state) {
        String path = state.get("ResultPath").text().orElse("");
        if (state.get("Type").text().orElse("").equals("Pass") && path.startsWith("$.")) {
            addConstants(path, state.get("Result"));
        }
    }

    private void addConstants(String path, JsonTree value) {
        if (value.isObject()) {
            value.members().forEach((key, member) -> addConstants(path + "." + key, member));
        } else if (value.isList()) {
            List<JsonTree> elements = value.elements();
            for (int i = 0; i < elements.size(); i++) {
                addConstants(path + "[" + i + "]", elements.get(i));
            }
        } else {
            value.text().ifPresent(text -> constants.put(DeploymentValues.token(path), text));
        }
    }

    JsonTree evaluated(JsonTree parameters) {
        return new JsonTree(evaluated(parameters.value()));
    }

    private Object withConstants(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::withConstants).toList();
        }
        String text = String.valueOf(value);
        if (DeploymentValues.hasToken(text)) {
            for (Map.Entry<String, String> constant : constants.entrySet()) {
                text = text.replace(constant.getKey(), constant.getValue());
            }
        }
        return text;
    }

    private @Nullable Object evaluated(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> evaluated = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                String name = String.valueOf(key);
                if (name.endsWith(EXPRESSION) && member instanceof String expression) {
                    evaluated.put(
                            name.substring(0, name.length() - EXPRESSION.length()),
                            withConstants(IntrinsicFunction.evaluate(expression)));
                } else {
                    evaluated.put(name, evaluated(member));
                }
            });
            return evaluated;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> evaluated = new ArrayList<>();
            list.forEach(element -> evaluated.add(evaluated(element)));
            return evaluated;
        }
        boolean isJsonata = value instanceof String text && text.startsWith("{%") && text.endsWith("%}");
        return isJsonata ? DeploymentValues.token(DeploymentValues.visible(String.valueOf(value))) : value;
    }
}
