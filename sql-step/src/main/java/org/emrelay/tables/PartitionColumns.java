package org.emrelay.tables;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.collection.JavaConverters;

/** The columns of a table whose values are names of folders, such as {@code day=2026-11-01}. */
final class PartitionColumns {
    private PartitionColumns() {}

    static List<String> of(Dataset<Row> rows) {
        return JavaConverters.seqAsJavaList(rows.queryExecution().analyzed().collectLeaves()).stream()
                .flatMap(leaf ->
                        leaf instanceof LogicalRelation table && table.relation() instanceof HadoopFsRelation files
                                ? Stream.of(files.partitionSchema().fieldNames())
                                : Stream.empty())
                .toList();
    }
}
