package org.emrelay.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The file format of an input table; {@link DetectedFormat} detects it if the user declares none. */
public enum TableFormat {
    PARQUET,
    CSV,
    TSV,
    JSON;

    private static final String AUTO = "auto";

    /** The accepted values of a format flag. */
    public static final List<String> CHOICES = List.of(AUTO, "parquet", "csv", "tsv", "json");

    /** Returns the format given by the flag; empty for automatic detection. */
    public static Optional<TableFormat> of(Flags flags, String flag) {
        String chosen = flags.choiceOr(flag, AUTO, CHOICES);
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(chosen))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
