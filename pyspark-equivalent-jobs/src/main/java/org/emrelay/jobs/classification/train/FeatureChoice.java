package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.FeatureKind;
import org.emrelay.jobs.classification.models.ModelColumns;

/**
 * Which columns of a table models may see, by what was asked for and by what columns can be at all.
 *
 * @param leftOut columns that nobody named and that cannot be features, with the reason
 */
record FeatureChoice(List<String> names, Map<String, String> leftOut) {

    FeatureChoice {
        names = List.copyOf(names);
        leftOut = new LinkedHashMap<>(leftOut);
    }

    static FeatureChoice of(InputTable table, TrainClassifiersArguments arguments) {
        String id = own(table, "--id", arguments.id());
        String label = own(table, "--label", arguments.label());
        List<String> excluded = own(table, "--exclude", arguments.excluded());
        List<String> asked = own(table, "--features", arguments.features());
        List<String> names = new ArrayList<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (StructField field : table.rows().schema().fields()) {
            String name = field.name();
            boolean isAsked = asked.contains(name);
            if (isAsked && (name.equals(id) || name.equals(label))) {
                throw new UserFault("--features: '" + name + "' is what " + (name.equals(id) ? "--id" : "--label")
                        + " names; no model may see it.");
            }
            boolean isWanted = isAsked || (asked.isEmpty() && !name.equals(id) && !name.equals(label));
            if (isWanted && !excluded.contains(name)) {
                if (FeatureKind.of(field.dataType()).isPresent()) {
                    names.add(usable(table, name));
                } else if (isAsked) {
                    throw new UserFault("--features: column '" + name + "' of " + table.uri() + " is of type "
                            + field.dataType().simpleString() + "; a number, text, yes or no, or a date is needed.");
                } else {
                    leftOut.put(name, "of type " + field.dataType().simpleString());
                }
            }
        }
        return new FeatureChoice(names, leftOut);
    }

    private static List<String> own(InputTable table, String flag, List<String> names) {
        return names.stream().map(name -> own(table, flag, name)).toList();
    }

    /** The column's name as the table writes it. */
    private static String own(InputTable table, String flag, String name) {
        String known = table.rows().select(table.column(flag, name)).columns()[0];
        return Arrays.stream(table.rows().columns())
                .filter(known::equals)
                .findFirst()
                .orElse(name);
    }

    private static String usable(InputTable table, String name) {
        if (ModelColumns.isTaken(name)) {
            throw new UserFault("--table: column '" + name + "' of " + table.uri()
                    + " has a name that models give to what they make; rename it, or leave it out by --exclude '" + name
                    + "'.");
        }
        return name;
    }
}
