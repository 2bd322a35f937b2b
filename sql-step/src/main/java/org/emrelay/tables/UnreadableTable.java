package org.emrelay.tables;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

/** Why Spark cannot read a table, from the messages of its exceptions: most have no error class. */
final class UnreadableTable {
    private static final String DIFFERENT_HEADERS =
            "contains CSV files with different headers, or with column names that are empty or repeated.";

    private static final Map<String, String> REASONS = Map.of(
            "is not a Parquet file",
            "contains files that are not Parquet.",
            "Malformed records are detected",
            "contains lines that are not JSON objects.",
            "CSV header does not conform to the schema",
            DIFFERENT_HEADERS,
            "Number of column in CSV header",
            DIFFERENT_HEADERS);

    private UnreadableTable() {}

    /** The end of a sentence that begins with the table's name; empty for other failures. */
    static Optional<String> find(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AnalysisException analysis
                    && "COLUMN_ALREADY_EXISTS".equals(analysis.getErrorClass())) {
                return Optional.of("has two columns named '"
                        + String.valueOf(analysis.getMessageParameters().get("columnName"))
                                .replace("`", "")
                        + "' that differ only in case; rename one of them.");
            }
            String message = String.valueOf(cause.getMessage());
            Optional<String> reason = REASONS.entrySet().stream()
                    .filter(known -> message.contains(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }
}
