package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.classification.models.FittedFeatures;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TableSample;
import org.emrelay.jobs.classification.models.TableVectorizer;
import org.emrelay.jobs.classification.models.TrainingVectors;

/**
 * The feature vectors of one cross-validation fold, shared by all models.
 *
 * <p>Imputation and categories are fitted to the fold's training rows only.
 */
final class FoldVectors implements AutoCloseable {
    private final Dataset<Row> cached;
    private final TrainingVectors vectors;
    private final List<String> ids;
    private final boolean[] positive;

    private FoldVectors(Dataset<Row> cached, TrainingVectors vectors, List<Row> validationRows) {
        this.cached = cached;
        this.vectors = vectors;
        this.ids = validationRows.stream().map(row -> row.getString(0)).toList();
        this.positive = new boolean[validationRows.size()];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = validationRows.get(row).getDouble(1) > 0;
        }
    }

    static FoldVectors of(PreparedTable prepared, int fold, boolean classWeights) {
        TableSample sample = prepared.sample();
        int foldIndex = sample.fieldIndex(StratifiedSplit.FOLD);
        List<Row> trainingRows = sample.rows().stream()
                .filter(row -> row.getInt(foldIndex) != fold)
                .toList();
        List<String> names = prepared.featureNames();
        TableVectorizer vectorizer =
                TableVectorizer.of(FittedFeatures.fit(sample.kinds(), trainingRows).columns().stream()
                        .filter(column -> names.contains(column.name()))
                        .toList());
        Dataset<Row> cached = vectorizer
                .transform(prepared.rows().training())
                .select(ModelColumns.ID, ModelColumns.LABEL, StratifiedSplit.FOLD, ModelColumns.FEATURES)
                .cache();
        List<Row> validationRows = cached.where(col(StratifiedSplit.FOLD).equalTo(fold))
                .select(ModelColumns.ID, ModelColumns.LABEL)
                .collectAsList();
        TrainingVectors vectors = TrainingVectors.split(
                cached,
                col(StratifiedSplit.FOLD).notEqual(fold),
                prepared.rows().countsWithout(fold),
                classWeights);
        return new FoldVectors(cached, vectors, validationRows);
    }

    SparkSession session() {
        return cached.sparkSession();
    }

    TrainingVectors vectors() {
        return vectors;
    }

    /** The ids of the validation rows, in row order. */
    List<String> ids() {
        return ids;
    }

    /** The labels of the validation rows, in row order. */
    boolean[] positive() {
        return positive;
    }

    @Override
    public void close() {
        vectors.close();
        cached.unpersist();
    }
}
