package org.emrelay.sqlstep;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The file format of a SQL step's output. */
enum OutputFormat {
    PARQUET,
    CSV,
    JSON;

    static OutputFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    static List<String> names() {
        return Arrays.stream(values()).map(OutputFormat::toString).toList();
    }

    /** The options of Spark's writer. */
    Map<String, String> options() {
        return switch (this) {
            case PARQUET -> Map.of();
            case CSV -> Map.of("header", "true", "escape", "\"");
            // A column whose values are all null would be lost.
            case JSON -> Map.of("ignoreNullFields", "false");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
