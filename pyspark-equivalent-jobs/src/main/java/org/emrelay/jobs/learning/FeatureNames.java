package org.emrelay.jobs.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the slot names of a vector column from Spark's ML attributes. */
public final class FeatureNames {
    private FeatureNames() {}

    public static List<String> of(Dataset<Row> rows, String column) {
        AttributeGroup group = AttributeGroup.fromStructField(rows.schema().apply(column));
        if (group.attributes().isEmpty()) {
            // No attribute metadata: number the slots.
            int size = Math.max(0, group.size());
            return IntStream.range(0, size)
                    .mapToObj(slot -> column + "_" + slot)
                    .toList();
        }
        List<String> names = new ArrayList<>();
        for (Attribute attribute : group.attributes().get()) {
            names.add(attribute.name().isDefined() ? attribute.name().get() : column + "_" + names.size());
        }
        return names;
    }
}
