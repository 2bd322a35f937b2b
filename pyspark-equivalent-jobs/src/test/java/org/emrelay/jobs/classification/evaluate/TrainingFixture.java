package org.emrelay.jobs.classification.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.classification.models.FeatureKind;
import org.emrelay.jobs.classification.models.FittedFeatures;
import org.emrelay.jobs.classification.models.TableVectorizer;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.classification.models.TrainingCard.Feature;
import org.emrelay.jobs.classification.models.TrainingCard.GridPoint;
import org.emrelay.jobs.classification.models.TrainingCard.SplitSize;
import org.emrelay.jobs.classification.models.TrainingCard.TrainedModel;
import org.emrelay.jobs.random.KeyedRandom;

/** A directory with the output of a training run. Its models take their probabilities from a regression forest. */
record TrainingFixture(Path directory) {
    private static final List<String> FEATURES = List.of("thumbs_down_share", "days_silent", "noise_<b>");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Map<String, JsonNode>> PARAMETERS = Map.of(
            "gbt", Map.of("maxIter", MAPPER.valueToTree(4)),
            "rf", Map.of("numTrees", MAPPER.valueToTree(5)),
            "lr", Map.of("regParam", MAPPER.valueToTree(0.1)));

    String uri(String name) {
        return "file:" + directory.resolve(name);
    }

    String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    JsonNode json(String name) {
        try {
            return MAPPER.readTree(read(name));
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /** Trains models of these kinds, the first of which is the best. */
    TrainingFixture train(int trainingRows, int heldOutRows, String... models) {
        Dataset<Row> training = table(1, trainingRows);
        split("training", training);
        split("held-out", table(2, heldOutRows));
        for (String model : models) {
            save(model, training);
        }
        card(models);
        return this;
    }

    /** Writes or replaces the rows of one side of the split. */
    void split(String side, Dataset<Row> rows) {
        rows.coalesce(1).write().mode("overwrite").parquet(uri("split/" + side));
    }

    Dataset<Row> table(long stream, int size) {
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            KeyedRandom random = new KeyedRandom(7, stream, number);
            double thumbsDown = random.nextDouble();
            double daysSilent = random.nextGaussian();
            double probability = 1 / (1 + Math.exp(2.2 - 3 * thumbsDown * Math.max(0, daysSilent) - daysSilent));
            rows.add(RowFactory.create(
                    stream + "-" + number,
                    random.nextDouble() < probability ? 1.0 : 0.0,
                    thumbsDown,
                    daysSilent,
                    random.nextGaussian()));
        }
        StructType schema = new StructType().add("id", DataTypes.StringType).add("label", DataTypes.DoubleType);
        for (String feature : FEATURES) {
            schema = schema.add(feature, DataTypes.DoubleType);
        }
        return LocalSpark.session().createDataFrame(rows, schema);
    }

    private static PipelineStage classifier(String model) {
        ProbabilisticClassifier<?, ?, ?> classifier = switch (model) {
            case "gbt" -> new GBTClassifier().setMaxIter(4).setSeed(1);
            case "rf" -> new RandomForestClassifier().setNumTrees(5).setSeed(1);
            default -> new LogisticRegression();
        };
        // The default name is that of the calibrated probability.
        classifier.setProbabilityCol("_probability_");
        return classifier;
    }

    private static TableVectorizer vectors(Dataset<Row> training) {
        Map<String, FeatureKind> kinds = new LinkedHashMap<>();
        FEATURES.forEach(name -> kinds.put(name, FeatureKind.NUMBER));
        List<Row> rows = training.select(FEATURES.stream().map(functions::col).toArray(Column[]::new))
                .collectAsList();
        return TableVectorizer.of(FittedFeatures.fit(kinds, rows).columns());
    }

    private void save(String name, Dataset<Row> training) {
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {
                    vectors(training),
                    classifier(name),
                    new RandomForestRegressor()
                            .setPredictionCol("probability")
                            .setNumTrees(10)
                            .setMaxDepth(name.equals("lr") ? 1 : 4)
                            .setSeed(1)
                })
                .fit(training);
        try {
            model.save(uri("models/" + name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void card(String... models) {
        Map<String, TrainedModel> trained = new LinkedHashMap<>();
        double mean = 0.7;
        for (String model : models) {
            Map<String, JsonNode> parameters = PARAMETERS.getOrDefault(model, Map.of());
            GridPoint best = new GridPoint(parameters, List.of(mean - 0.01, mean, mean + 0.01), mean);
            GridPoint other = new GridPoint(Map.of(), List.of(mean - 0.03, mean - 0.02, mean - 0.01), mean - 0.02);
            trained.put(model, new TrainedModel(parameters, mean, 0.01, 0.31, List.of(best, other), 1.5));
            mean -= 0.05;
        }
        List<Feature> features = FEATURES.stream()
                .map(name -> new Feature(name, FeatureKind.NUMBER, "0.5"))
                .toList();
        write(
                TrainingCard.FILE,
                new TrainingCard(
                                "user_id",
                                "churned",
                                "1",
                                features,
                                1,
                                "auc_pr",
                                3,
                                true,
                                new SplitSize(600, 150),
                                new SplitSize(200, 50),
                                models[0],
                                trained)
                        .json());
    }
}
