package org.emrelay.tables;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.emrelay.tables.TableFiles.Head;

/**
 * A text input with one JSON object per line.
 *
 * <p>The job parses each line itself and decides what to do with malformed ones.
 *
 * @param firstLines complete lines from the start of the first file, read without Spark
 */
public record JsonLines(Dataset<String> lines, List<String> firstLines) {

    public JsonLines {
        Objects.requireNonNull(lines, "lines");
        firstLines = List.copyOf(firstLines);
    }

    /** Reads a file or, recursively, a directory, gzipped or not; empty if the files are Parquet. */
    public static Optional<JsonLines> read(SparkSession session, String flag, String uri) {
        TableFiles files = new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration());
        Head head = files.head().orElseThrow(() -> new UserFault(flag + ": " + uri + " is empty."));
        if (DetectedFormat.isParquet(head)) {
            return Optional.empty();
        }
        DetectedFormat detected = DetectedFormat.of(head, Optional.of(TableFormat.JSON));
        Dataset<String> all = session.read()
                .options(detected.options())
                .option("recursiveFileLookup", "true")
                .textFile(uri);
        return Optional.of(new JsonLines(all, firstLines(head)));
    }

    private static List<String> firstLines(Head head) {
        List<String> lines = StandardCharsets.UTF_8
                .decode(head.bytes().duplicate())
                .toString()
                .lines()
                .toList();
        // The head of a longer file may end within a line.
        return head.isWhole() || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }
}
