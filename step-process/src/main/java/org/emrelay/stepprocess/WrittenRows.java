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

    /** @param mainReturned false if the step is still running, or calls System.exit */
    static synchronized void writeSummary(boolean mainReturned) throws IOException {
        if (summaryFile.isEmpty()) {
            return;
        }
        Path partial = Path.of(summaryFile + ".part");
        String count = hasOutput ? Long.toString(rows) : "null";
        Files.writeString(partial, "{\"rows\": " + count + ", \"returned\": " + mainReturned + "}\n");
        Files.move(partial, Path.of(summaryFile), StandardCopyOption.ATOMIC_MOVE);
    }
}
