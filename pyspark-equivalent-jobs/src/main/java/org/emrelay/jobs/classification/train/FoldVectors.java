package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.ClassCounts;
import org.emrelay.jobs.classification.models.FeatureLearning;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TableSample;
import org.emrelay.jobs.classification.models.TableVectors;

/**
 * The vectors of one turn of the cross-validation, made once for all models: what is missing was filled in, and categories were
 * found, by the rows that train in it.
 */
final class FoldVectors {
    private final Dataset<Row> vectors;
    private final int fold;
    private final List<String> ids;
    private final boolean[] positive;
    private final ClassCounts counts;

    private FoldVectors(Dataset<Row> vectors, int fold, List<Row> held, ClassCounts counts) {
        this.vectors = vectors;
        this.fold = fold;
        this.ids = held.stream().map(row -> row.getString(0)).toList();
        this.positive = new boolean[held.size()];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = held.get(row).getDouble(1) > 0;
        }
        this.counts = counts;
    }

    static FoldVectors of(PreparedTable prepared, int fold) {
        TableSample sample = prepared.sample();
        int place = sample.place(RowSplit.FOLD);
        List<Row> seen =
                sample.rows().stream().filter(row -> row.getInt(place) != fold).toList();
        List<String> names = prepared.featureNames();
        TableVectors learnt = TableVectors.of(FeatureLearning.of(sample.kinds(), seen).columns().stream()
                .filter(column -> names.contains(column.name()))
                .toList());
        Dataset<Row> vectors = learnt.transform(prepared.rows().training())
                .select(ModelColumns.ID, ModelColumns.LABEL, RowSplit.FOLD, ModelColumns.FEATURES)
                .cache();
        List<Row> held = vectors.where(col(RowSplit.FOLD).equalTo(fold))
                .select(ModelColumns.ID, ModelColumns.LABEL)
                .collectAsList();
        return new FoldVectors(vectors, fold, held, prepared.rows().without(fold));
    }

    Dataset<Row> training() {
        return selected(col(RowSplit.FOLD).notEqual(fold));
    }

    Dataset<Row> held() {
        return selected(col(RowSplit.FOLD).equalTo(fold));
    }

    private Dataset<Row> selected(Column which) {
        return vectors.where(which).select(ModelColumns.LABEL, ModelColumns.FEATURES);
    }

    /** Of the held rows, in their order. */
    List<String> ids() {
        return ids;
    }

    /** Of the held rows, in their order. */
    boolean[] positive() {
        return positive;
    }

    /** Of the training rows. */
    ClassCounts counts() {
        return counts;
    }

    void forget() {
        vectors.unpersist();
    }
}
