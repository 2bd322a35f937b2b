package org.sparkpipelines.jobs.classification.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sparkpipelines.jobs.Suggestion;
import org.sparkpipelines.jobs.UserFault;
import org.sparkpipelines.jobs.classification.models.Fitting;
import org.sparkpipelines.jobs.classification.models.ModelKind;
import org.sparkpipelines.jobs.learning.ModelParameters;

/** The parameters that are compared for each kind of model: every combination of the values given, checked before anything is fitted. */
record Grids(Map<ModelKind, List<ModelParameters>> points) {
    private static final String FLAG = "--grids";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Few, for every point is fitted once a fold; those that did best on tables of many kinds. */
    private static final String OURS = """
            {"lr": {"regParam": [0.003, 0.03, 0.3], "elasticNetParam": [0.1]},
             "nb": {"modelType": ["gaussian", "multinomial"]},
             "rf": {"numTrees": [100], "maxDepth": [6, 12], "minInstancesPerNode": [3]},
             "svm": {"regParam": [0.01, 0.1]},
             "gbt": {"maxDepth": [3, 5], "maxIter": [40], "stepSize": [0.1], "subsamplingRate": [0.7]},
             "xgboost": {"max_depth": [3, 6], "numRound": [200], "eta": [0.05], "subsample": [0.8],
                         "colsample_bytree": [0.6], "min_child_weight": [3]}}""";

    Grids {
        points = Map.copyOf(points);
    }

    /** What a text gives, and ours for kinds of which it says nothing. */
    static Grids parse(String given) {
        Map<ModelKind, List<ModelParameters>> points = new EnumMap<>(ModelKind.class);
        points.putAll(read("our own grids", OURS));
        points.putAll(read(FLAG, given));
        return new Grids(points);
    }

    List<ModelParameters> of(ModelKind kind) {
        return Objects.requireNonNull(points.get(kind));
    }

    private static Map<ModelKind, List<ModelParameters>> read(String flag, String text) {
        Map<ModelKind, List<ModelParameters>> points = new EnumMap<>(ModelKind.class);
        for (Iterator<Map.Entry<String, JsonNode>> kinds = tree(flag, text).fields(); kinds.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = kinds.next();
            if (!ModelKind.CHOICES.contains(entry.getKey())) {
                throw new UserFault(flag + ": there is no model '" + entry.getKey() + "'. Known models: "
                        + String.join(", ", ModelKind.CHOICES) + "."
                        + Suggestion.sentence(entry.getKey(), ModelKind.CHOICES));
            }
            ModelKind kind = ModelKind.named(entry.getKey());
            List<ModelParameters> combined = combinations(flag, kind, entry.getValue());
            combined.forEach(point -> Fitting.check(kind, point));
            points.put(kind, combined);
        }
        return points;
    }

    private static JsonNode tree(String flag, String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException broken) {
            throw new UserFault(flag + " is no JSON: " + broken.getOriginalMessage() + " in '" + text + "'.");
        }
        throw new UserFault(
                flag + " must be a JSON object such as {\"gbt\": {\"maxDepth\": [3, 5]}}, not '" + text + "'.");
    }

    /** Each with each; a value alone stands for a list of one. */
    private static List<ModelParameters> combinations(String flag, ModelKind kind, JsonNode grid) {
        if (!grid.isObject()) {
            throw new UserFault(flag + ": the grid of " + kind
                    + " must be a JSON object such as {\"maxDepth\": [3, 5]}, not " + grid + ".");
        }
        List<ModelParameters> combined = new ArrayList<>(List.of(ModelParameters.parse(flag, "{}")));
        for (Iterator<Map.Entry<String, JsonNode>> entries = grid.fields(); entries.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = entries.next();
            List<ModelParameters> before = List.copyOf(combined);
            combined.clear();
            for (ModelParameters point : before) {
                for (JsonNode value : values(flag, kind, entry.getKey(), entry.getValue())) {
                    combined.add(point.with(entry.getKey(), value.toString()));
                }
            }
        }
        return combined;
    }

    private static Iterable<JsonNode> values(String flag, ModelKind kind, String name, JsonNode given) {
        if (given.isArray() && given.isEmpty()) {
            throw new UserFault(flag + ": the list of '" + name + "' of " + kind + " is empty.");
        }
        return given.isArray() ? given : List.of(given);
    }
}
