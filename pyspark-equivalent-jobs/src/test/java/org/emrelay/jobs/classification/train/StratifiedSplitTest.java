package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class StratifiedSplitTest {
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("label", DataTypes.DoubleType)
            .add("value", DataTypes.IntegerType);

    @Test
    void everyFoldHasTheSameClassBalance() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Row row : split(rows(200, 1), 1).collectAsList()) {
            counts.merge(row.getInt(3) + " " + row.getDouble(1), 1, Integer::sum);
        }

        assertThat(counts)
                .containsOnlyKeys(
                        "-1 0.0", "-1 1.0", "0 0.0", "0 1.0", "1 0.0", "1 1.0", "2 0.0", "2 1.0", "3 0.0", "3 1.0")
                .containsEntry("-1 1.0", 10)
                .containsEntry("-1 0.0", 30)
                .containsEntry("2 1.0", 10)
                .containsEntry("2 0.0", 30);
    }

    @Test
    void dependsNeitherOnRowOrderNorOnPartitions() {
        Dataset<Row> table = rows(200, 1);

        assertThat(split(table.orderBy(col("value").desc()).repartition(7), 1).collectAsList())
                .isEqualTo(split(table, 1).collectAsList());
    }

    @Test
    void anotherSeedGivesAnotherSplit() {
        assertThat(split(rows(200, 1), 2).collectAsList())
                .isNotEqualTo(split(rows(200, 1), 1).collectAsList());
    }

    @Test
    void allRowsOfAnIdStayTogetherEvenIfTheirLabelsDiffer() {
        List<Row> assigned =
                split(rows(120, 3), 1).select("id", "_fold_").distinct().collectAsList();

        assertThat(assigned).hasSize(120);
    }

    @Test
    void holdsOutAtLeastOneIdOfEachClassAndKeepsOne() {
        List<Row> rows = List.of(
                RowFactory.create("a", 1.0, 1), RowFactory.create("b", 1.0, 1),
                RowFactory.create("c", 0.0, 1), RowFactory.create("d", 0.0, 1));
        Dataset<Row> table = LocalSpark.session().createDataFrame(rows, SCHEMA);

        assertThat(split(table, 1)
                        .where("_fold_ = -1")
                        .select("label")
                        .distinct()
                        .count())
                .isEqualTo(2);
    }

    private static Dataset<Row> split(Dataset<Row> rows, long seed) {
        double share = rows.count() == 200 ? 0.2 : 0.05;
        return new StratifiedSplit(share, 4, seed).assign(new LabelledTable(rows, "1", rows.count(), 0));
    }

    /** A quarter of the ids have label 1, on their first row only. */
    private static Dataset<Row> rows(int ids, int rowsPerId) {
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < ids; id++) {
            for (int row = 0; row < rowsPerId; row++) {
                rows.add(RowFactory.create("user " + id, id % 4 == 0 && row == 0 ? 1.0 : 0.0, id * 10 + row));
            }
        }
        return LocalSpark.session().createDataFrame(rows, SCHEMA);
    }
}
