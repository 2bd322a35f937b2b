package org.emrelay.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which form a table lies in its files, where its owner says so; {@link TableText} finds it out where nobody does. */
public enum TableFormat {
    PARQUET,
    CSV,
    TSV,
    JSON;

    private static final String FOUND_BY_CONTENT = "auto";

    /** What a flag may say. */
    public static final List<String> CHOICES = List.of(FOUND_BY_CONTENT, "parquet", "csv", "tsv", "json");

    /** The format that the flag names; empty when it is to be found by the content. */
    public static Optional<TableFormat> of(Flags flags, String flag) {
        String chosen = flags.choiceOr(flag, FOUND_BY_CONTENT, CHOICES);
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(chosen))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
