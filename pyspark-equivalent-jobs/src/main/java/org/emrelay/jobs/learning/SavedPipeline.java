package org.emrelay.jobs.learning;

import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.UserFault;

/** A fitted pipeline and where it lies: what does not fit it is told in one sentence. */
public record SavedPipeline(PipelineModel model, String uri) {

    public SavedPipeline {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(uri, "uri");
    }

    public static SavedPipeline load(String flag, String uri) {
        try {
            return new SavedPipeline(PipelineModel.load(uri), uri);
        } catch (Exception unreadable) {
            // Spark's Scala API throws its checked exceptions undeclared, and of many kinds here.
            throw new UserFault(flag + ": no pipeline can be loaded from " + uri + " (" + firstLine(unreadable) + ").");
        }
    }

    /** What the pipeline makes of a table; it must make the given column. */
    public Dataset<Row> transform(String flag, Dataset<Row> rows, String wanted) {
        Dataset<Row> transformed;
        try {
            transformed = model.transform(rows);
        } catch (Exception unfit) {
            if (unfit instanceof AnalysisException || unfit instanceof IllegalArgumentException) {
                throw new UserFault(flag + ": " + uri + " was fitted to a table with other columns (" + firstLine(unfit)
                        + "); these are there: " + String.join(", ", rows.columns()) + ".");
            }
            throw unfit;
        }
        if (!Arrays.asList(transformed.columns()).contains(wanted)) {
            throw new UserFault(
                    flag + ": " + uri + " makes no column '" + wanted + "'; it is a pipeline for something else.");
        }
        return transformed;
    }

    private static String firstLine(Exception thrown) {
        String message = Objects.requireNonNullElse(
                thrown.getMessage(), thrown.getClass().getSimpleName());
        return message.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
    }
}
