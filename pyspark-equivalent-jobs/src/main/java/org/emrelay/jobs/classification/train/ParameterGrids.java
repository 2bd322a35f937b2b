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
import org.emrelay.jobs.classification.models.ClassifierTrainer;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;

/** The parameter grid of each model kind. All combinations are validated before anything is fitted. */
record ParameterGrids(Map<ModelKind, List<ModelParameters>> candidates) {
    private static final String FLAG = "--grids";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Small grids: every candidate is fitted once per fold. */
    private static final String DEFAULT_GRIDS = """
            {"lr": {"regParam": [0.0001, 0.01, 0.1], "maxIter": 100},
             "nb": {"modelType": ["gaussian", "multinomial"]},
             "rf": {"numTrees": 100, "maxDepth": 14, "maxBins": 256, "minInstancesPerNode": [4, 12],
                    "featureSubsetStrategy": "0.3", "maxMemoryInMB": 512},
             "svm": {"regParam": [0.01, 0.1], "maxIter": 30},
             "gbt": {"maxDepth": [2, 4], "maxIter": 150, "maxBins": 256, "minInstancesPerNode": 10, "stepSize": 0.1,
                     "subsamplingRate": 0.8},
             "xgboost": {"max_depth": [3, 6], "numRound": 300, "eta": 0.06, "subsample": 0.8,
                         "colsample_bytree": 0.6, "min_child_weight": 3}}""";

    ParameterGrids {
        candidates = Map.copyOf(candidates);
    }

    /** Parses {@code --grids}. Kinds that it does not contain use the default grids. */
    static ParameterGrids parse(String text) {
        return new ParameterGrids(read(FLAG, text));
    }

    List<ModelParameters> candidatesFor(ModelKind kind) {
        List<ModelParameters> requested = candidates.get(kind);
        return requested != null
                ? requested
                : Objects.requireNonNull(read("default grids", DEFAULT_GRIDS).get(kind));
    }

    private static Map<ModelKind, List<ModelParameters>> read(String flag, String text) {
        Map<ModelKind, List<ModelParameters>> candidates = new EnumMap<>(ModelKind.class);
        for (Iterator<Map.Entry<String, JsonNode>> kinds = tree(flag, text).fields(); kinds.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = kinds.next();
            if (!ModelKind.CHOICES.contains(entry.getKey())) {
                throw new UserFault(flag + ": unknown model '" + entry.getKey() + "'. Known models: "
                        + String.join(", ", ModelKind.CHOICES) + "."
                        + Suggestion.didYouMean(entry.getKey(), ModelKind.CHOICES));
            }
            ModelKind kind = ModelKind.named(entry.getKey());
            List<ModelParameters> combined = combinations(flag, kind, entry.getValue());
            combined.forEach(candidate -> ClassifierTrainer.validate(kind, candidate));
            candidates.put(kind, combined);
        }
        return candidates;
    }

    private static JsonNode tree(String flag, String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException malformed) {
            throw new UserFault(flag + " is not valid JSON: " + malformed.getOriginalMessage() + " in '" + text + "'.");
        }
        throw new UserFault(
                flag + " must be a JSON object such as {\"gbt\": {\"maxDepth\": [3, 5]}}, not '" + text + "'.");
    }

    /** The Cartesian product of the values; a single value counts as a list of one. */
    private static List<ModelParameters> combinations(String flag, ModelKind kind, JsonNode grid) {
        if (!grid.isObject()) {
            throw new UserFault(flag + ": the grid of " + kind
                    + " must be a JSON object such as {\"maxDepth\": [3, 5]}, not " + grid + ".");
        }
        List<ModelParameters> combined = new ArrayList<>(List.of(ModelParameters.parse(flag, "{}")));
        for (Iterator<Map.Entry<String, JsonNode>> entries = grid.fields(); entries.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = entries.next();
            List<ModelParameters> previous = List.copyOf(combined);
            combined.clear();
            for (ModelParameters candidate : previous) {
                for (JsonNode value : values(flag, kind, entry.getKey(), entry.getValue())) {
                    combined.add(candidate.with(entry.getKey(), value.toString()));
                }
            }
        }
        return combined;
    }

    private static Iterable<JsonNode> values(String flag, ModelKind kind, String name, JsonNode value) {
        if (value.isArray() && value.isEmpty()) {
            throw new UserFault(flag + ": the list of '" + name + "' of " + kind + " is empty.");
        }
        return value.isArray() ? value : List.of(value);
    }
}
