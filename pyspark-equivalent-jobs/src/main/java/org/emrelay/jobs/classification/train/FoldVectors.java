package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.ClassCounts;
import org.emrelay.jobs.classification.models.FittedFeatures;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TableSample;
import org.emrelay.jobs.classification.models.TableVectorizer;

/**
 * The feature vectors of one cross-validation fold, shared by all models.
 *
 * <p>Imputation and categories are fitted to the fold's training rows only.
 */
final class FoldVectors {
    private final Dataset<Row> vectors;
    private final int fold;
    private final List<String> ids;
    private final boolean[] positive;
    private final ClassCounts trainingCounts;

    private FoldVectors(Dataset<Row> vectors, int fold, List<Row> validationRows, ClassCounts trainingCounts) {
        this.vectors = vectors;
        this.fold = fold;
        this.ids = validationRows.stream().map(row -> row.getString(0)).toList();
        this.positive = new boolean[validationRows.size()];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = validationRows.get(row).getDouble(1) > 0;
        }
        this.trainingCounts = trainingCounts;
    }

    static FoldVectors of(PreparedTable prepared, int fold) {
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
        Dataset<Row> vectors = vectorizer
                .transform(prepared.rows().training())
                .select(ModelColumns.ID, ModelColumns.LABEL, StratifiedSplit.FOLD, ModelColumns.FEATURES)
                .cache();
        List<Row> validationRows = vectors.where(col(StratifiedSplit.FOLD).equalTo(fold))
                .select(ModelColumns.ID, ModelColumns.LABEL)
                .collectAsList();
        return new FoldVectors(vectors, fold, validationRows, prepared.rows().countsWithout(fold));
    }

    Dataset<Row> training() {
        return selected(col(StratifiedSplit.FOLD).notEqual(fold));
    }

    Dataset<Row> validation() {
        return selected(col(StratifiedSplit.FOLD).equalTo(fold));
    }

    private Dataset<Row> selected(Column condition) {
        return vectors.where(condition).select(ModelColumns.LABEL, ModelColumns.FEATURES);
    }

    /** The ids of the validation rows, in row order. */
    List<String> ids() {
        return ids;
    }

    /** The labels of the validation rows, in row order. */
    boolean[] positive() {
        return positive;
    }

    /** The class counts of the training rows. */
    ClassCounts trainingCounts() {
        return trainingCounts;
    }

    void unpersist() {
        vectors.unpersist();
    }
}
