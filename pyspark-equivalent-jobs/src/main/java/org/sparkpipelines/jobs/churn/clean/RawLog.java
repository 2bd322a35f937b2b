package org.sparkpipelines.jobs.churn.clean;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.sparkpipelines.jobs.JsonLines;
import org.sparkpipelines.jobs.Suggestion;
import org.sparkpipelines.jobs.UserFault;

/** The service's own log as it is found: lines of JSON, whose columns are looked at before all is read. */
final class RawLog {
    // Writers that leave out nulls name a song's columns with songs only: the first line alone would not show them.
    private static final int LINES_LOOKED_AT = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RawLog() {}

    /** Empty where there are parquet files in place of text. */
    static Optional<Dataset<String>> read(SparkSession session, String flag, String uri) {
        Optional<Dataset<String>> lines = JsonLines.read(session, flag, uri);
        lines.ifPresent(text -> requireColumns(text.takeAsList(LINES_LOOKED_AT), flag, uri));
        return lines;
    }

    private static void requireColumns(List<String> lines, String flag, String uri) {
        Set<String> found = new LinkedHashSet<>();
        for (String line : lines) {
            try {
                JsonNode event = JSON.readTree(line);
                event.fieldNames().forEachRemaining(found::add);
            } catch (JsonProcessingException unreadable) {
                // It is counted later, with all others of its kind.
            }
        }
        for (RawColumn column : RawColumn.values()) {
            if (!found.isEmpty() && !found.contains(column.title())) {
                List<String> names = List.copyOf(found);
                throw new UserFault(flag + ": " + uri + " has no column '" + column.title() + "'. Its columns: "
                        + String.join(", ", names) + "." + Suggestion.sentence(column.title(), names));
            }
        }
    }
}
