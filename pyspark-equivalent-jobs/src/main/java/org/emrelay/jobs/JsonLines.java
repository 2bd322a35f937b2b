package org.emrelay.jobs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.TableFiles.Head;

/**
 * Text handed to a job that holds one JSON object a line, for those who read each line by themselves: a bad one is theirs to
 * judge.
 *
 * @param first some whole lines with which it begins, known without a look by Spark
 */
public record JsonLines(Dataset<String> all, List<String> first) {

    public JsonLines {
        Objects.requireNonNull(all, "all");
        first = List.copyOf(first);
    }

    /** All lines of a file or of the files in a folder and those below it, gzipped or not; empty where they are parquet. */
    public static Optional<JsonLines> read(SparkSession session, String flag, String uri) {
        TableFiles files = new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration());
        Head head = files.head().orElseThrow(() -> new UserFault(flag + ": " + uri + " is empty."));
        if (TableText.isParquet(head)) {
            return Optional.empty();
        }
        TableText text = TableText.of(head, Optional.of(TableFormat.JSON));
        Dataset<String> all = session.read()
                .options(text.options())
                .option("recursiveFileLookup", "true")
                .textFile(uri);
        return Optional.of(new JsonLines(all, first(head)));
    }

    private static List<String> first(Head head) {
        List<String> lines = StandardCharsets.UTF_8
                .decode(head.bytes().duplicate())
                .toString()
                .lines()
                .toList();
        // Where the head ends within a file it ends within a line too.
        return head.whole() || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }
}
