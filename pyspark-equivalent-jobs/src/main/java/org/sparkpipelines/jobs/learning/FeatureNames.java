package org.sparkpipelines.jobs.learning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the numbers in a vector stand for, as Spark keeps it beside the column, so that people need not count places. */
public final class FeatureNames {
    /** Between a category and one of its values, in the name of the place that says whether it is that value. */
    public static final String IS = "_is";

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

    /** The places that stand for one thing people know: a number its own, a category those of all its values. */
    public static Map<String, int[]> groups(List<String> names) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int place = 0; place < names.size(); place++) {
            String name = names.get(place);
            int end = name.indexOf(IS + "_");
            places.computeIfAbsent(end < 0 ? name : name.substring(0, end), first -> new ArrayList<>())
                    .add(place);
        }
        Map<String, int[]> groups = new LinkedHashMap<>();
        places.forEach((name, list) ->
                groups.put(name, list.stream().mapToInt(Integer::intValue).toArray()));
        return groups;
    }
}
