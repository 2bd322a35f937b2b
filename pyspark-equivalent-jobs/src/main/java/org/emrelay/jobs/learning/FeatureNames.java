package org.emrelay.jobs.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the numbers in a vector stand for, as Spark keeps it beside the column, so that people need not count places. */
public final class FeatureNames {
    private FeatureNames() {}

    public static List<String> of(Dataset<Row> rows, String column) {
        AttributeGroup group = AttributeGroup.fromStructField(rows.schema().apply(column));
        if (group.attributes().isEmpty()) {
            // Without names there are at least numbers.
            int size = Math.max(0, group.size());
            return IntStream.range(0, size)
                    .mapToObj(place -> column + "_" + place)
                    .toList();
        }
        List<String> names = new ArrayList<>();
        for (Attribute attribute : group.attributes().get()) {
            names.add(attribute.name().isDefined() ? attribute.name().get() : column + "_" + names.size());
        }
        return names;
    }
}
