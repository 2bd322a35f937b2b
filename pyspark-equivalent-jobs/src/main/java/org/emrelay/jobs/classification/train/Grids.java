package org.emrelay.jobs.classification.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.Suggestion;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.Fitting;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.learning.ModelParameters;

/** The parameters that are compared for each kind of model: every combination of the values given, checked before anything is fitted. */
record Grids(Map<ModelKind, List<ModelParameters>> points) {
    private static final String FLAG = "--grids";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** From so many rows on a fit's work outweighs the starts of its tasks, and more trees are worth their time. */
    private static final long MANY_ROWS = 5_000;

    /** Few, for every point is fitted once a fold. */
    private static final String OURS = """
            {"lr": {"regParam": [0.05, 0.5], "maxIter": 20},
             "nb": {"modelType": ["gaussian", "multinomial"]},
             "rf": {"numTrees": 60, "maxDepth": [4, 8], "minInstancesPerNode": 3, "featureSubsetStrategy": "0.3"},
             "svm": {"regParam": [0.01, 0.1], "maxIter": 30},
             "gbt": {"maxDepth": [2, 4], "maxIter": 15, "stepSize": 0.25, "subsamplingRate": 0.8},
             "xgboost": {"max_depth": [3, 6], "numRound": 200, "eta": 0.05, "subsample": 0.8,
                         "colsample_bytree": 0.6, "min_child_weight": 3}}""";

    private static final String OURS_OF_MANY_ROWS = """
            {"lr": {"regParam": [0.001, 0.03], "elasticNetParam": 0.1, "maxIter": 100},
             "gbt": {"maxDepth": [4, 6], "maxIter": 60, "stepSize": 0.15, "subsamplingRate": 0.8},
             "rf": {"numTrees": 100, "maxDepth": [8, 14], "minInstancesPerNode": 3, "featureSubsetStrategy": "0.3",
                    "maxMemoryInMB": 512},
             "xgboost": {"max_depth": [4, 7], "numRound": 300, "eta": 0.07, "subsample": 0.8,
                         "colsample_bytree": 0.6, "min_child_weight": 3}}""";

    Grids {
        points = Map.copyOf(points);
    }

    /** What a text gives; of kinds of which it says nothing, ours are taken. */
    static Grids parse(String given) {
        return new Grids(read(FLAG, given));
    }

    List<ModelParameters> of(ModelKind kind, long rows) {
        List<ModelParameters> asked = points.get(kind);
        if (asked != null) {
            return asked;
        }
        Map<ModelKind, List<ModelParameters>> ours = new EnumMap<>(ModelKind.class);
        ours.putAll(read("our own grids", OURS));
        if (rows >= MANY_ROWS) {
            ours.putAll(read("our own grids", OURS_OF_MANY_ROWS));
        }
        return Objects.requireNonNull(ours.get(kind));
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
