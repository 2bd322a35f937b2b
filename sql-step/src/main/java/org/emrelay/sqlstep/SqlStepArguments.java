package org.emrelay.sqlstep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.tables.Flags;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a SQL step.
 *
 * @param sql the URI of the SQL file
 * @param inputs the URIs of each input, by name
 * @param partitionBy the columns that the output is partitioned by
 * @param values the values of the named parameters
 */
record SqlStepArguments(
        String sql,
        Map<String, List<String>> inputs,
        String output,
        OutputFormat format,
        List<String> partitionBy,
        Map<String, @Nullable Object> values) {
    private static final List<String> FLAGS =
            List.of("--sql", "--input", "--output", "--format", "--partition-by", "--arg");

    SqlStepArguments {
        Objects.requireNonNull(sql, "sql");
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(format, "format");
        partitionBy = List.copyOf(partitionBy);
        // A value can be null.
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static SqlStepArguments parse(String... args) {
        Flags flags = Flags.parse(FLAGS, args);
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        for (String input : values(flags, "--input")) {
            inputs.computeIfAbsent(name("--input", input), name -> new ArrayList<>())
                    .add(value(input));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String arg : values(flags, "--arg")) {
            String name = name("--arg", arg);
            values.put(name, ParameterValue.parse(name, value(arg)));
        }
        return new SqlStepArguments(
                flags.required("--sql"),
                inputs,
                flags.required("--output"),
                OutputFormat.of(flags.choiceOr("--format", OutputFormat.PARQUET.toString(), OutputFormat.names())),
                values(flags, "--partition-by"),
                values);
    }

    private static List<String> values(Flags flags, String flag) {
        return flags.values().getOrDefault(flag, List.of());
    }

    private static String name(String flag, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UserFault(flag + " must be name=value, not '" + text + "'.");
        }
        return text.substring(0, equals);
    }

    private static String value(String text) {
        return text.substring(text.indexOf('=') + 1);
    }

    /** The name of the SQL file. */
    String file() {
        return sql.substring(sql.lastIndexOf('/') + 1);
    }
}
