package org.emrelay.jobs.classification.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.UserFault;

/**
 * The model card of a training run, stored beside its models as {@value #FILE}.
 *
 * @param id the table's id column
 * @param label the table's label column
 * @param positive the label value that became 1
 * @param metric the metric that selected parameters and models
 * @param classWeights whether both classes had equal total weight
 * @param best the best model by cross-validation, chosen without the held-out rows
 * @param models by name, in the requested order
 */
public record TrainingCard(
        String id,
        String label,
        String positive,
        List<Feature> features,
        long seed,
        String metric,
        int folds,
        boolean classWeights,
        SplitSize training,
        SplitSize heldOut,
        String best,
        Map<String, TrainedModel> models) {
    public static final String FILE = "training.json";

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * A feature column.
     *
     * @param typical the median or most frequent value of the training rows, formatted for display
     */
    public record Feature(String name, FeatureKind kind, String typical) {
        public Feature {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(typical, "typical");
        }
    }

    /** The number of rows and of positive rows on one side of the split. */
    public record SplitSize(long rows, long positives) {}

    /**
     * The best model of one kind.
     *
     * @param mean the mean of the metric over the folds
     * @param deviation the standard deviation of the metric over the folds
     * @param threshold the decision threshold, chosen for the best out-of-fold F1
     * @param seconds the total time of all fits
     */
    public record TrainedModel(
            Map<String, JsonNode> parameters,
            double mean,
            double deviation,
            double threshold,
            List<GridPoint> grid,
            double seconds) {
        public TrainedModel {
            parameters = new LinkedHashMap<>(parameters);
            grid = List.copyOf(grid);
        }
    }

    /**
     * One parameter combination of the grid search.
     *
     * @param folds the metric on each validation fold
     */
    public record GridPoint(Map<String, JsonNode> parameters, List<Double> folds, double mean) {
        public GridPoint {
            parameters = new LinkedHashMap<>(parameters);
            folds = List.copyOf(folds);
        }
    }

    public TrainingCard {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(positive, "positive");
        features = List.copyOf(features);
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(heldOut, "heldOut");
        Objects.requireNonNull(best, "best");
        models = new LinkedHashMap<>(models);
    }

    /** The entry of one model. */
    public TrainedModel model(String name) {
        return Objects.requireNonNull(models.get(name), name);
    }

    /**
     * Model names by rank: the best, then by cross-validation score. Losses are negative, so higher is always better.
     */
    public List<String> ranked() {
        return models.keySet().stream()
                .sorted(Comparator.comparing((String name) -> !name.equals(best))
                        .thenComparing(name -> -model(name).mean()))
                .toList();
    }

    public List<String> featureNames() {
        return features.stream().map(Feature::name).toList();
    }

    public String json() {
        return JsonText.of(MAPPER.convertValue(this, new TypeReference<Map<String, Object>>() {}));
    }

    /** Parses the output of {@link #json}. */
    public static TrainingCard parse(String flag, String uri, String text) {
        try {
            return MAPPER.readValue(text, TrainingCard.class);
        } catch (JsonProcessingException malformed) {
            throw new UserFault(flag + ": " + FILE + " in " + uri + " is corrupt. Train again.");
        }
    }
}
