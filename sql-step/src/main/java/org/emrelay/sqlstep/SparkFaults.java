package org.emrelay.sqlstep;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.emrelay.sqlscript.SqlFault;
import org.emrelay.sqlscript.SqlPosition;
import org.emrelay.sqlscript.SqlScript;
import org.emrelay.sqlscript.SqlStatement;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * Translates Spark's errors to messages with a line and a column of the user's file.
 *
 * @param file the name of the SQL file
 * @param views the names of the inputs
 */
record SparkFaults(String file, SqlScript script, Collection<String> views) {
    SparkFaults {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(script, "script");
    }

    /** Runs a statement; other failures than mistakes in the SQL pass through. */
    void translate(SqlStatement statement, Runnable run) {
        try {
            run.run();
        } catch (Exception failed) {
            // Spark's Scala API throws checked exceptions without declaring them.
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                Optional<SqlFault> fault = fault(statement, cause);
                if (fault.isPresent()) {
                    throw new UserFault(fault.get().in(file));
                }
            }
            throw failed;
        }
    }

    private Optional<SqlFault> fault(SqlStatement statement, Throwable cause) {
        if (cause instanceof AnalysisException analysis) {
            return Optional.of(new SqlFault(position(statement, analysis), message(analysis)));
        } else if (cause instanceof SparkThrowable known) {
            // An error of a row, such as a division by zero, that says which expression it comes from.
            return expression(known).map(position -> new SqlFault(position, oneLine(cause)));
        }
        return Optional.empty();
    }

    private static SqlPosition position(SqlStatement statement, AnalysisException analysis) {
        return analysis.line().isDefined() && analysis.startPosition().isDefined()
                ? new SqlPosition(
                        (Integer) analysis.line().get(),
                        (Integer) analysis.startPosition().get() + 1)
                : statement.position();
    }

    private Optional<SqlPosition> expression(SparkThrowable known) {
        for (QueryContext context : known.getQueryContext()) {
            if (context.objectType().isEmpty() && context.startIndex() >= 0) {
                return Optional.of(script.text().position(context.startIndex()));
            }
        }
        return Optional.empty();
    }

    private String message(AnalysisException analysis) {
        @Nullable
        String table = analysis.getMessageParameters() == null
                ? null
                : analysis.getMessageParameters().get("relationName");
        if ("TABLE_OR_VIEW_NOT_FOUND".equals(analysis.getErrorClass()) && table != null) {
            return "there is no table or view " + table + "."
                    + (views.isEmpty() ? "" : " The inputs: " + String.join(", ", views) + ".")
                    + Suggestion.didYouMean(table.replace("`", ""), views);
        }
        return oneLine(analysis);
    }

    /** Spark's message without the excerpt of the query and the plan behind it. */
    private static String oneLine(Throwable cause) {
        String message =
                cause instanceof AnalysisException analysis ? analysis.message() : String.valueOf(cause.getMessage());
        int excerpt = message.indexOf("== SQL");
        return (excerpt < 0 ? message : message.substring(0, excerpt)).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
