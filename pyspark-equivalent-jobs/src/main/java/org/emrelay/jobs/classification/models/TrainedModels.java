package org.emrelay.jobs.classification.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.learning.FeatureLayout;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.TextFile;
import org.emrelay.tables.UserFault;

/** The output of a training run: model card, models, training and held-out rows, out-of-fold predictions. */
public final class TrainedModels {
    public static final String TRAINING = "split/training";
    public static final String HELD_OUT = "split/held-out";
    public static final String OUT_OF_FOLD = "out-of-fold";
    public static final String MODELS = "models";

    private final SparkSession session;
    private final String flag;
    private final String uri;
    private final TrainingCard card;

    private TrainedModels(SparkSession session, String flag, String uri, TrainingCard card) {
        this.session = Objects.requireNonNull(session, "session");
        this.flag = Objects.requireNonNull(flag, "flag");
        this.uri = Objects.requireNonNull(uri, "uri");
        this.card = Objects.requireNonNull(card, "card");
    }

    /** Loads the output directory of a training run. */
    public static TrainedModels load(SparkSession session, String flag, String uri) {
        String text = TextFile.read(session, flag, uri + "/" + TrainingCard.FILE);
        return new TrainedModels(session, flag, uri, TrainingCard.parse(flag, uri, text));
    }

    public TrainingCard card() {
        return card;
    }

    /**
     * A complete model: from the table's columns to {@link ModelColumns#FEATURES} and {@link ModelColumns#PROBABILITY}.
     */
    public SavedPipeline model(String name) {
        if (!card.models().containsKey(name)) {
            List<String> names = List.copyOf(card.models().keySet());
            throw new UserFault(flag + ": " + uri + " has no model '" + name + "'. Available models: "
                    + String.join(", ", names) + "." + Suggestion.didYouMean(name, names));
        }
        return SavedPipeline.load(flag, uri + "/" + MODELS + "/" + name);
    }

    /** The stages of a {@link #model} from the table's columns to the vector. */
    public static SavedPipeline vectorizerOf(SavedPipeline model) {
        return stages(model, 0, 1);
    }

    /** The slots of a {@link #model}'s vectors. */
    public static FeatureLayout layout(SavedPipeline model) {
        return vectorizer(model).layout();
    }

    /** The feature encodings of a {@link #model}; models with equal encodings have equal vectors. */
    public static List<FeatureColumn> featureColumns(SavedPipeline model) {
        return vectorizer(model).featureColumns();
    }

    private static TableVectorizer vectorizer(SavedPipeline model) {
        return (TableVectorizer) model.model().stages()[0];
    }

    /** The stages of a {@link #model} from the vector to the probability. */
    public static SavedPipeline classifierOf(SavedPipeline model) {
        return stages(model, 1, model.model().stages().length);
    }

    private static SavedPipeline stages(SavedPipeline model, int from, int to) {
        List<Transformer> stages =
                new ArrayList<>(Arrays.asList(model.model().stages()).subList(from, to));
        return new SavedPipeline(new PipelineModel(model.model().uid(), stages), model.uri());
    }

    /** A trainer with the kind and parameters of a trained model, to fit it to other rows. */
    public ClassifierTrainer trainer(String name) {
        ModelParameters parameters =
                ModelParameters.parse(flag, JsonText.of(card.model(name).parameters()));
        return new ClassifierTrainer(
                ModelKind.named(name), parameters, card.featureNames(), card.classWeights(), card.seed());
    }

    /** The training rows: {@link ModelColumns#ID}, {@link ModelColumns#LABEL} and the unencoded features. */
    public Dataset<Row> training() {
        return read(TRAINING);
    }

    /** The held-out rows, in the same columns. No fit, imputation, threshold or model selection has used them. */
    public Dataset<Row> heldOut() {
        return read(HELD_OUT);
    }

    /** Out-of-fold predictions of the training rows: {@link ModelColumns#MODEL}, ID, LABEL, PROBABILITY. */
    public Dataset<Row> outOfFold() {
        return read(OUT_OF_FOLD);
    }

    private Dataset<Row> read(String name) {
        return InputTable.readParquet(session, flag, uri + "/" + name).rows();
    }
}
