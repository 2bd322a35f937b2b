package org.emrelay.stepprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Counts the rows this process has written.
 *
 * <p>Static because Spark creates a listener for each SparkContext of the step, and all of them count into one summary.
 */
final class WrittenRows {

    private static String summaryFile = "";
    private static boolean hasOutput;
    private static long rows;

    private WrittenRows() {}

    static synchronized void setSummaryFile(String file) {
        summaryFile = file;
    }

    static synchronized void add(long taskRows, long taskBytes) {
        hasOutput |= taskRows > 0 || taskBytes > 0;
        rows += taskRows;
    }

    static synchronized void writeSummary() {
        if (summaryFile.isEmpty()) {
            return;
        }
        try {
            Path file = Path.of(summaryFile);
            Path partial = Path.of(summaryFile + ".part");
            Files.writeString(partial, "{\"rows\": " + (hasOutput ? Long.toString(rows) : "null") + "}\n");
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException exception) {
            System.err.println("Could not write the row count to " + summaryFile + ": " + exception);
        }
    }
}
