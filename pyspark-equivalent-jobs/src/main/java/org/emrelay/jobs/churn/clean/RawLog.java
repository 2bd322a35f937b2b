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
import org.emrelay.jobs.JsonLines;
import org.emrelay.jobs.Suggestion;
import org.emrelay.jobs.UserFault;

/** The service's own log as it is found: lines of JSON, whose columns are looked at before all is read. */
final class RawLog {
    // Writers that leave out nulls name a song's columns with songs only: the first line alone would not show them.
    private static final int LINES_LOOKED_AT = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper(RawEvent.JSON);

    private RawLog() {}

    /** Empty where there are parquet files in place of text. */
    static Optional<Dataset<String>> read(SparkSession session, String flag, String uri) {
        return JsonLines.read(session, flag, uri).map(lines -> {
            if (!missing(columns(lines.first())).isEmpty()) {
                requireColumns(columns(lines.all().takeAsList(LINES_LOOKED_AT)), flag, uri);
            }
            return lines.all();
        });
    }

    private static void requireColumns(Set<String> found, String flag, String uri) {
        List<String> names = List.copyOf(found);
        // Where no line can be read there is more to say than that.
        missing(found).stream().filter(name -> !names.isEmpty()).findFirst().ifPresent(name -> {
            throw new UserFault(flag + ": " + uri + " has no column '" + name + "'. Its columns: "
                    + String.join(", ", names) + "." + Suggestion.sentence(name, names));
        });
    }

    private static List<String> missing(Set<String> found) {
        return Arrays.stream(RawColumn.values())
                .map(RawColumn::title)
                .filter(name -> !found.contains(name))
                .toList();
    }

    private static Set<String> columns(List<String> lines) {
        Set<String> found = new LinkedHashSet<>();
        for (String line : lines) {
            try {
                JSON.readTree(line).fieldNames().forEachRemaining(found::add);
            } catch (JsonProcessingException unreadable) {
                // It is counted later, with all others of its kind.
            }
        }
        return found;
    }
}
