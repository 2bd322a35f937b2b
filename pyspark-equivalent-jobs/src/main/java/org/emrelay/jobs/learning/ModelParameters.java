package org.emrelay.jobs.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.FloatParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;

/** Model parameters from a JSON object, validated against the library's own parameter definitions. */
public record ModelParameters(String flag, Map<String, String> values) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern INTEGER = Pattern.compile("-?\\d+");

    /**
     * @param flag the option that sets the parameters, for messages
     * @param values JSON text by parameter name, in the given order
     */
    public ModelParameters {
        Objects.requireNonNull(flag, "flag");
        values = new LinkedHashMap<>(values);
    }

    public static ModelParameters parse(String flag, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree == null || !tree.isObject()) {
                throw new UserFault(flag + " must be a JSON object such as {\"maxDepth\": 5}, not '" + text + "'.");
            }
            tree.fields()
                    .forEachRemaining(
                            field -> values.put(field.getKey(), field.getValue().toString()));
        } catch (JsonProcessingException malformed) {
            throw new UserFault(flag + " is not valid JSON: " + malformed.getOriginalMessage() + " in '" + text + "'.");
        }
        return new ModelParameters(flag, values);
    }

    public Optional<String> string(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> value.replaceAll("^\"|\"$", ""));
    }

    /** The values as JSON trees, to be serialized again. */
    public Map<String, JsonNode> toJson() {
        Map<String, JsonNode> trees = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            try {
                trees.put(name, MAPPER.readTree(value));
            } catch (JsonProcessingException malformed) {
                throw new IllegalStateException("parameter value was parsed as JSON before: " + value, malformed);
            }
        });
        return trees;
    }

    /** Sets the parameters on a model. Column names and reserved parameters belong to the job and count as unknown. */
    public void applyTo(Params model, String modelName, List<String> reserved) {
        List<String> known = Arrays.stream(model.params())
                .map(Param::name)
                .filter(name -> !name.matches(".*Cols?") && !reserved.contains(name))
                .sorted()
                .toList();
        values.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw new UserFault(flag + ": " + modelName + " has no parameter '" + name + "'. Known parameters: "
                        + String.join(", ", known) + "." + Suggestion.didYouMean(name, known));
            }
            set(model, model.getParam(name), value);
        });
    }

    /** A copy with one parameter set, replacing a previous value. */
    public ModelParameters with(String name, String json) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put(name, json);
        return new ModelParameters(flag, all);
    }

    /** A copy in which missing parameters have the given defaults. */
    public ModelParameters withDefaults(ModelParameters defaults) {
        Map<String, String> all = new LinkedHashMap<>(defaults.values());
        all.putAll(values);
        return new ModelParameters(flag, all);
    }

    @SuppressWarnings("unchecked")
    private void set(Params model, Param<?> param, String value) {
        try {
            // The library parses and validates its own parameter.
            model.set((Param<Object>) param, param.jsonDecode(normalize(param, value)));
        } catch (RuntimeException invalid) {
            throw new UserFault(flag + ": '" + param.name() + "' cannot be " + value + ". Description: "
                    + param.doc().strip().replaceAll("\\.+$", "") + ".");
        }
    }

    /** Spark's {@code jsonDecode} rejects 1 for a double, and truncates 2.5 to 2 for an integer. */
    private static String normalize(Param<?> param, String value) {
        boolean isInteger = INTEGER.matcher(value).matches();
        if (param instanceof DoubleParam || param instanceof FloatParam) {
            return isInteger ? value + ".0" : value;
        }
        if (!isInteger && (param instanceof IntParam || param instanceof LongParam)) {
            throw new IllegalArgumentException(value + " is not an integer");
        }
        return value;
    }
}
