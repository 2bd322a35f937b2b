package org.sparkpipelines.jobs;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.sparkpipelines.jobs.TableFiles.Head;

/** Text handed to a job that holds one JSON object a line, for those who read each line by themselves: a bad one is theirs to judge. */
public final class JsonLines {
    private JsonLines() {}

    /** All lines of a file or of the files in a folder and those below it, gzipped or not; empty where they are parquet. */
    public static Optional<Dataset<String>> read(SparkSession session, String flag, String uri) {
        TableFiles files = new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration());
        Head head = files.head().orElseThrow(() -> new UserFault(flag + ": " + uri + " is empty."));
        if (TableText.isParquet(head)) {
            return Optional.empty();
        }
        TableText text = TableText.of(head, Optional.of(TableFormat.JSON));
        return Optional.of(session.read()
                .options(text.options())
                .option("recursiveFileLookup", "true")
                .textFile(uri));
    }
}
