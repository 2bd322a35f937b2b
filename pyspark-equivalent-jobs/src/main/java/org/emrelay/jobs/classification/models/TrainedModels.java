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
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.Suggestion;
import org.emrelay.jobs.TextFile;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.FeaturePlaces;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.jobs.learning.SavedPipeline;

/** What a training has left: its card, its best models, and the rows with which they were made and those that they never saw. */
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

    /** Of the place that the training wrote to. */
    public static TrainedModels load(SparkSession session, String flag, String uri) {
        String text = TextFile.read(session, flag, uri + "/" + TrainingCard.FILE);
        return new TrainedModels(session, flag, uri, TrainingCard.parse(flag, uri, text));
    }

    public TrainingCard card() {
        return card;
    }

    /** From the table's columns to {@link ModelColumns#FEATURES} and {@link ModelColumns#CHANCE}. */
    public SavedPipeline model(String name) {
        if (!card.models().containsKey(name)) {
            List<String> names = List.copyOf(card.models().keySet());
            throw new UserFault(flag + ": " + uri + " has no model '" + name + "'. Its models: "
                    + String.join(", ", names) + "." + Suggestion.sentence(name, names));
        }
        return SavedPipeline.load(flag, uri + "/" + MODELS + "/" + name);
    }

    /** The part of a {@link #model} from the table's columns to the vector. */
    public static SavedPipeline toVectors(SavedPipeline model) {
        return part(model, 0, 1);
    }

    /** What the places of a {@link #model}'s vectors stand for. */
    public static FeaturePlaces places(SavedPipeline model) {
        return vectors(model).places();
    }

    /** What a {@link #model} knows of each column; models that know the same make the same vectors. */
    public static List<FeatureColumn> columns(SavedPipeline model) {
        return vectors(model).featureColumns();
    }

    private static TableVectors vectors(SavedPipeline model) {
        return (TableVectors) model.model().stages()[0];
    }

    /** The part of a {@link #model} from the vector to the chance. */
    public static SavedPipeline onVectors(SavedPipeline model) {
        return part(model, 1, model.model().stages().length);
    }

    private static SavedPipeline part(SavedPipeline model, int from, int to) {
        List<Transformer> stages =
                new ArrayList<>(Arrays.asList(model.model().stages()).subList(from, to));
        return new SavedPipeline(new PipelineModel(model.model().uid(), stages), model.uri());
    }

    /** What fits a model of the same kind with the same parameters to other rows. */
    public Fitting fitting(String name) {
        ModelParameters parameters =
                ModelParameters.parse(flag, JsonText.of(card.model(name).parameters()));
        return new Fitting(ModelKind.named(name), parameters, card.featureNames(), card.classWeights(), card.seed());
    }

    /** {@link ModelColumns#ID}, {@link ModelColumns#LABEL}, and the features as they came. */
    public Dataset<Row> training() {
        return read(TRAINING);
    }

    /** The same of rows that no fit, no imputation, no threshold and no choice of parameters has seen. */
    public Dataset<Row> heldOut() {
        return read(HELD_OUT);
    }

    /** Of each model: {@link ModelColumns#MODEL}, ID, LABEL, and the CHANCE that was said of a training row by a model that had not seen it. */
    public Dataset<Row> outOfFold() {
        return read(OUT_OF_FOLD);
    }

    private Dataset<Row> read(String name) {
        return InputTable.readParquet(session, flag, uri + "/" + name).rows();
    }
}
