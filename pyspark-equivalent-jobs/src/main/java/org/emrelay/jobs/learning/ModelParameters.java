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
import org.emrelay.jobs.Suggestion;
import org.emrelay.jobs.UserFault;

/** Settings of a model as a JSON object, checked against what the model's library itself knows: a slip is not passed over. */
public record ModelParameters(String flag, Map<String, String> values) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d+");

    /**
     * The values are JSON; the order is the given one.
     *
     * @param flag where they were given, for people
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
        } catch (JsonProcessingException broken) {
            throw new UserFault(flag + " is no JSON: " + broken.getOriginalMessage() + " in '" + text + "'.");
        }
        return new ModelParameters(flag, values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> value.replaceAll("^\"|\"$", ""));
    }

    /** As they were written, to be written again. */
    public Map<String, JsonNode> asJson() {
        Map<String, JsonNode> trees = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            try {
                trees.put(name, MAPPER.readTree(value));
            } catch (JsonProcessingException broken) {
                throw new IllegalStateException(value + " was read as JSON before", broken);
            }
        });
        return trees;
    }

    /** Sets them on a model, whose settings that name columns and the reserved ones are the job's own business. */
    public void applyTo(Params model, String modelName, List<String> reserved) {
        List<String> known = Arrays.stream(model.params())
                .map(Param::name)
                .filter(name -> !name.matches(".*Cols?") && !reserved.contains(name))
                .sorted()
                .toList();
        values.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw new UserFault(flag + ": " + modelName + " has no parameter '" + name + "'. Known parameters: "
                        + String.join(", ", known) + "." + Suggestion.sentence(name, known));
            }
            set(model, model.getParam(name), value);
        });
    }

    /** These and one more, which goes before one of the same name. */
    public ModelParameters with(String name, String json) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put(name, json);
        return new ModelParameters(flag, all);
    }

    /** These, and of the others those that are not among them. */
    public ModelParameters orElse(ModelParameters others) {
        Map<String, String> all = new LinkedHashMap<>(others.values());
        all.putAll(values);
        return new ModelParameters(flag, all);
    }

    @SuppressWarnings("unchecked")
    private void set(Params model, Param<?> param, String value) {
        try {
            // The library's own reader and check of its own settings.
            model.set((Param<Object>) param, param.jsonDecode(asWanted(param, value)));
        } catch (RuntimeException unfit) {
            throw new UserFault(flag + ": '" + param.name() + "' cannot be " + value + ". It is: "
                    + param.doc().strip().replaceAll("\\.+$", "") + ".");
        }
    }

    /** Spark's reader takes no 1 for 1.0, and of 2.5 where only whole numbers will do it makes 2. */
    private static String asWanted(Param<?> param, String value) {
        boolean isWhole = WHOLE_NUMBER.matcher(value).matches();
        if (param instanceof DoubleParam || param instanceof FloatParam) {
            return isWhole ? value + ".0" : value;
        }
        if (!isWhole && (param instanceof IntParam || param instanceof LongParam)) {
            throw new IllegalArgumentException(value + " is no whole number");
        }
        return value;
    }
}
