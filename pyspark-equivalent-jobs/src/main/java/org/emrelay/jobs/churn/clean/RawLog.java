package org.emrelay.jobs.churn.clean;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.emrelay.tables.JsonLines;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;

/** The raw log of the service: JSON lines whose columns are checked before everything is read. */
final class RawLog {
    // Writers that omit nulls include song columns only for songs, so the first line alone may not show them.
    private static final int LINES_CHECKED = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper(RawEvent.JSON);

    private RawLog() {}

    /** Reads the log; empty if the files are Parquet. */
    static Optional<Dataset<String>> read(SparkSession session, String flag, String uri) {
        return JsonLines.read(session, flag, uri).map(lines -> {
            if (!missing(columns(lines.firstLines())).isEmpty()) {
                requireColumns(columns(lines.lines().takeAsList(LINES_CHECKED)), flag, uri);
            }
            return lines.lines();
        });
    }

    private static void requireColumns(Set<String> found, String flag, String uri) {
        List<String> names = List.copyOf(found);
        // If no line is readable, a later check reports that instead.
        missing(found).stream().filter(name -> !names.isEmpty()).findFirst().ifPresent(name -> {
            throw new UserFault(flag + ": " + uri + " has no column '" + name + "'. Its columns: "
                    + String.join(", ", names) + "." + Suggestion.didYouMean(name, names));
        });
    }

    private static List<String> missing(Set<String> found) {
        return Arrays.stream(RawColumn.values())
                .map(RawColumn::key)
                .filter(name -> !found.contains(name))
                .toList();
    }

    private static Set<String> columns(List<String> lines) {
        Set<String> found = new LinkedHashSet<>();
        for (String line : lines) {
            try {
                JSON.readTree(line).fieldNames().forEachRemaining(found::add);
            } catch (JsonProcessingException unreadable) {
                // Counted later with all unreadable lines.
            }
        }
        return found;
    }
}
