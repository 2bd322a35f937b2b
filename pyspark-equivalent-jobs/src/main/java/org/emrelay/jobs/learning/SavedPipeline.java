package org.emrelay.jobs.learning;

import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.tables.UserFault;

/** A fitted pipeline and its URI; reports unsuitable input as a {@link UserFault}. */
public record SavedPipeline(PipelineModel model, String uri) {

    public SavedPipeline {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(uri, "uri");
    }

    public static SavedPipeline load(String flag, String uri) {
        try {
            return new SavedPipeline(PipelineModel.load(uri), uri);
        } catch (Exception unreadable) {
            // Spark's Scala API throws undeclared checked exceptions, here of many types.
            throw new UserFault(flag + ": cannot load a pipeline from " + uri + " (" + firstLine(unreadable) + ").");
        }
    }

    /** Transforms a table; the pipeline must add the given output column. */
    public Dataset<Row> transform(String flag, Dataset<Row> rows, String outputColumn) {
        Dataset<Row> transformed;
        try {
            transformed = model.transform(rows);
        } catch (Exception failed) {
            if (failed instanceof AnalysisException || failed instanceof IllegalArgumentException) {
                throw new UserFault(flag + ": " + uri + " was fitted to a table with different columns ("
                        + firstLine(failed) + "); available columns: " + String.join(", ", rows.columns()) + ".");
            }
            throw failed;
        }
        if (!Arrays.asList(transformed.columns()).contains(outputColumn)) {
            throw new UserFault(flag + ": " + uri + " does not add a column '" + outputColumn
                    + "'; pass the pipeline of this step.");
        }
        return transformed;
    }

    private static String firstLine(Exception thrown) {
        String message = Objects.requireNonNullElse(
                thrown.getMessage(), thrown.getClass().getSimpleName());
        return message.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
    }
}
