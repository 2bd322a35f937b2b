package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
final class PermutedRowsTest {

    /** On one host, tasks share the driver's object, so only this test deserializes it. */
    @Test
    void theBroadcastCopyPermutesAlike() {
        StructType schema = new StructType().add("id", DataTypes.LongType).add("features", SQLDataTypes.VectorType());
        List<Row> sample = IntStream.range(0, 20)
                .<Row>mapToObj(id ->
                        new GenericRowWithSchema(new Object[] {(long) id, Vectors.dense(id, id + 0.5)}, schema))
                .toList();
        PermutedRows original = new PermutedRows(sample, schema, "features", List.of(new int[] {1}), 7);

        PermutedRows copy = (PermutedRows) LocalSpark.copied(original);

        assertThat(copy.schema()).isEqualTo(original.schema());
        assertThat(copy.permuted(0)).toIterable().containsExactlyElementsOf(() -> original.permuted(0));
    }
}
