package org.emrelay.jobs.classification.inmemory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.inmemory.InMemoryClassifier.Fitted;
import org.jspecify.annotations.Nullable;

/**
 * Fits classifiers to one table that is small enough for the memory of a task.
 *
 * <p>The rows are sent to the executors once. Each fit is one task, so that several fits use all cores of the cluster.
 */
public final class InMemoryFits implements AutoCloseable {
    /** 32 MB: the driver and each executor hold the rows of all folds, with and without scaling. */
    private static final long MAX_VALUES = 4_000_000;

    private final Dataset<Row> rows;
    private final Dataset<Row> validation;
    private final long count;
    private final JavaSparkContext spark;
    private @Nullable Broadcast<VectorRows> sentRows;
    private @Nullable Broadcast<VectorRows> sentValidation;

    /**
     * @param rows label, weight and feature vector, in this order
     * @param count the number of rows
     * @param validation in the same columns
     */
    public InMemoryFits(Dataset<Row> rows, long count, Dataset<Row> validation) {
        this.rows = rows;
        this.count = count;
        this.validation = validation;
        spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    }

    /** Whether a table is small enough. */
    public static boolean holds(long rows, int features) {
        return features > 0 && rows * features <= MAX_VALUES;
    }

    /** Fits an estimator; empty if only Spark's own implementation can. */
    public Optional<Model<?>> fit(Estimator<?> estimator) {
        return supported(estimator).map(classifier -> {
            Broadcast<VectorRows> training = rows();
            return inTask(classifier, task -> task.fit(training.value())).model(estimator);
        });
    }

    /**
     * Fits an estimator and predicts the validation rows in the same task.
     *
     * @return the raw predictions of both classes, by row; empty if only Spark's own implementation can fit
     */
    public Optional<double[][]> validate(Estimator<?> estimator) {
        return supported(estimator).map(classifier -> {
            Broadcast<VectorRows> training = rows();
            Broadcast<VectorRows> predicted = validation();
            return inTask(classifier, task -> {
                Fitted fitted = task.fit(training.value());
                return Arrays.stream(predicted.value().vectors())
                        .map(fitted::rawPrediction)
                        .toArray(double[][]::new);
            });
        });
    }

    private Optional<InMemoryClassifier> supported(Estimator<?> estimator) {
        int features = AttributeGroup.fromStructField(rows.schema().fields()[2]).size();
        return InMemoryClassifier.of(estimator)
                .filter(classifier -> holds(count, features) && classifier.supports(count, features));
    }

    private <T> T inTask(InMemoryClassifier classifier, Function<InMemoryClassifier, T> function) {
        return spark.parallelize(List.of(classifier), 1).map(function).first();
    }

    private synchronized Broadcast<VectorRows> rows() {
        if (sentRows == null) {
            sentRows = spark.broadcast(VectorRows.collect(rows));
        }
        return sentRows;
    }

    private synchronized Broadcast<VectorRows> validation() {
        if (sentValidation == null) {
            sentValidation = spark.broadcast(VectorRows.collect(validation));
        }
        return sentValidation;
    }

    @Override
    public synchronized void close() {
        if (sentRows != null) {
            sentRows.destroy();
        }
        if (sentValidation != null) {
            sentValidation.destroy();
        }
    }
}
