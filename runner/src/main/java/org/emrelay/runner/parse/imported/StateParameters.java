package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces the expressions in the parameters of a state by their values. */
final class StateParameters {
    private static final String EXPRESSION = ".$";

    private StateParameters() {}

    static JsonTree evaluated(JsonTree parameters) {
        return new JsonTree(evaluated(parameters.value()));
    }

    private static @Nullable Object evaluated(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> evaluated = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                String name = String.valueOf(key);
                if (name.endsWith(EXPRESSION) && member instanceof String expression) {
                    evaluated.put(
                            name.substring(0, name.length() - EXPRESSION.length()),
                            IntrinsicFunction.evaluate(expression));
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
