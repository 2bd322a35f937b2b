package org.emrelay.stepprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How many rows this process wrote so far. Static, for Spark makes the listener itself, one for each SparkContext of
 * the step, and all of them count into one summary.
 */
final class WrittenRows {

    private static String summary = "";
    private static boolean anything;
    private static long rows;

    private WrittenRows() {}

    static synchronized void reportTo(String file) {
        summary = file;
    }

    static synchronized void add(long taskRows, long taskBytes) {
        anything |= taskRows > 0 || taskBytes > 0;
        rows += taskRows;
    }

    static synchronized void report() {
        if (summary.isEmpty()) {
            return;
        }
        try {
            Path file = Path.of(summary);
            Path whole = Path.of(summary + ".part");
            Files.writeString(whole, "{\"rows\": " + (anything ? Long.toString(rows) : "null") + "}\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException refused) {
            System.err.println("The number of rows written is lost, for " + summary + " cannot be written: " + refused);
        }
    }
}
