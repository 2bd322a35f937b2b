package org.emrelay.runner.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * The days for which a pipeline runs, once for each.
 *
 * @param parameter the parameter that has the day as its value
 * @param last the last day, included
 * @param parallel how many days may run at the same time
 */
public record Backfill(String parameter, LocalDate first, LocalDate last, int parallel) {
    public Backfill {
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("empty range: " + first + ".." + last);
        }
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel: " + parallel);
        }
    }

    public List<LocalDate> days() {
        return first.datesUntil(last.plusDays(1)).toList();
    }

    /** The loop key of the day in the names of steps. */
    public String key() {
        return parameter.replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** The range as on the command line: {@code 2026-11-01..2026-11-30}. */
    public String range() {
        return first + ".." + last;
    }
}
