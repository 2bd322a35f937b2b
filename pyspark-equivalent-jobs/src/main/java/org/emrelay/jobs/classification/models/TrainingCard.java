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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.JsonText;

/**
 * What is kept of a training beside its models, so that whoever evaluates or uses them knows what they were made of.
 *
 * @param id the column of the table that says whom a row is about
 * @param label the column of the table that the models foretell
 * @param positive the value of that column that became 1
 * @param metric by which parameters and models were compared
 * @param classWeights whether both classes had the same say, however rare one is
 * @param best the best model by cross-validation; held-out rows had no say in it
 * @param models by their names, in the order asked for
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
        Side training,
        Side heldOut,
        String best,
        Map<String, Trained> models) {
    public static final String FILE = "training.json";

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * A column that the models see.
     *
     * @param typical its median, or most frequent value, on the training side, in the way it is shown to people
     */
    public record Feature(String name, FeatureKind kind, String typical) {
        public Feature {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(typical, "typical");
        }
    }

    /** How many rows a side of the split has, and how many of them have the label 1. */
    public record Side(long rows, long positives) {}

    /**
     * The best of one kind of model.
     *
     * @param mean of the metric over the folds
     * @param deviation of the metric between the folds
     * @param threshold of the chance from which on the label 1 is said: that of the best F1 out of fold
     * @param seconds that all its fits took
     */
    public record Trained(
            Map<String, JsonNode> parameters,
            double mean,
            double deviation,
            double threshold,
            List<GridPoint> grid,
            double seconds) {
        public Trained {
            parameters = new LinkedHashMap<>(parameters);
            grid = List.copyOf(grid);
        }
    }

    /**
     * One choice of parameters that was compared with others.
     *
     * @param folds the metric on each fold, by a model that had not seen it
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

    /** What is known of one model. */
    public Trained model(String name) {
        return Objects.requireNonNull(models.get(name), name);
    }

    /** The best first, and then by what cross-validation found: of every metric more is better, for losses are kept negative. */
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

    /** Reads what {@link #json} wrote. */
    public static TrainingCard parse(String flag, String uri, String text) {
        try {
            return MAPPER.readValue(text, TrainingCard.class);
        } catch (JsonProcessingException damaged) {
            throw new UserFault(flag + ": " + FILE + " in " + uri + " is damaged; train again.");
        }
    }
}
