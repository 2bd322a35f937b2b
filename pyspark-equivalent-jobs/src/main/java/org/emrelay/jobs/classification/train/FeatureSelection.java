package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.emrelay.jobs.classification.models.FeatureKind;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;

/**
 * The feature columns of a table, selected by options and by data type.
 *
 * @param leftOut the reason for each column that was not requested and cannot be a feature
 */
record FeatureSelection(List<String> names, Map<String, String> leftOut) {

    FeatureSelection {
        names = List.copyOf(names);
        leftOut = new LinkedHashMap<>(leftOut);
    }

    static FeatureSelection of(InputTable table, TrainClassifiersArguments arguments) {
        String id = canonicalName(table, "--id", arguments.id());
        String label = canonicalName(table, "--label", arguments.label());
        List<String> excluded = canonicalName(table, "--exclude", arguments.excluded());
        List<String> requested = canonicalName(table, "--features", arguments.features());
        List<String> names = new ArrayList<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (StructField field : table.rows().schema().fields()) {
            String name = field.name();
            boolean isRequested = requested.contains(name);
            if (isRequested && (name.equals(id) || name.equals(label))) {
                throw new UserFault("--features: '" + name + "' is the " + (name.equals(id) ? "--id" : "--label")
                        + " column and cannot be a feature.");
            }
            boolean isSelected = isRequested || (requested.isEmpty() && !name.equals(id) && !name.equals(label));
            if (isSelected && !excluded.contains(name)) {
                if (FeatureKind.of(field.dataType()).isPresent()) {
                    names.add(requireNotReserved(table, name));
                } else if (isRequested) {
                    throw new UserFault("--features: column '" + name + "' of " + table.uri() + " has type "
                            + field.dataType().simpleString()
                            + ". Features are numbers, strings, booleans, dates or timestamps.");
                } else {
                    leftOut.put(name, "type " + field.dataType().simpleString());
                }
            }
        }
        return new FeatureSelection(names, leftOut);
    }

    private static List<String> canonicalName(InputTable table, String flag, List<String> names) {
        return names.stream().map(name -> canonicalName(table, flag, name)).toList();
    }

    /** The column's name in the table's spelling: Spark resolves names case-insensitively. */
    private static String canonicalName(InputTable table, String flag, String name) {
        String known = table.rows().select(table.column(flag, name)).columns()[0];
        return Arrays.stream(table.rows().columns())
                .filter(known::equals)
                .findFirst()
                .orElse(name);
    }

    private static String requireNotReserved(InputTable table, String name) {
        if (ModelColumns.isReserved(name)) {
            throw new UserFault("--table: column '" + name + "' of " + table.uri()
                    + " has a reserved name. Rename it, or leave it out with --exclude '" + name + "'.");
        }
        return name;
    }
}
