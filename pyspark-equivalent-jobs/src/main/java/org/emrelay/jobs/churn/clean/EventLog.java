package org.emrelay.jobs.churn.clean;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.JsonLines;
import org.emrelay.tables.UserFault;

/** The schema of cleaned events, and how to read them. */
public final class EventLog {
    public static final String USER = "user_id";
    public static final String SESSION = "session_id";
    public static final String ITEM = "item_in_session";
    public static final String TIME = "ts";
    public static final String PAGE = "page";
    public static final String AUTH = "auth";
    public static final String LEVEL = "level";
    public static final String GENDER = "gender";
    public static final String REGISTRATION = "registration";
    public static final String LOCATION = "location";
    public static final String REGION = "region";
    public static final String SYSTEM = "system";
    public static final String PLATFORM = "platform";
    public static final String SONG = "song";
    public static final String ARTIST = "artist";
    public static final String LENGTH = "length";
    public static final String METHOD = "method";
    public static final String STATUS = "status";

    /** The UTC day of {@link #TIME}, by which the files are partitioned. */
    public static final String DATE = "date";

    public static final StructType SCHEMA = StructType.fromDDL(String.join(
            ", ",
            USER + " string",
            SESSION + " bigint",
            ITEM + " int",
            TIME + " timestamp",
            PAGE + " string",
            AUTH + " string",
            LEVEL + " string",
            GENDER + " string",
            REGISTRATION + " timestamp",
            LOCATION + " string",
            REGION + " string",
            SYSTEM + " string",
            PLATFORM + " string",
            SONG + " string",
            ARTIST + " string",
            LENGTH + " double",
            METHOD + " string",
            STATUS + " int",
            DATE + " date"));

    /** The subdirectory to which {@link CleanEvents} writes them. */
    static final String DIRECTORY = "events";

    private EventLog() {}

    /** Reads the output of {@link CleanEvents}: its output directory or the {@code events} directory in it. */
    public static Dataset<Row> read(SparkSession session, String flag, String uri) {
        InputTable table = InputTable.readParquet(session, flag, folder(session, flag, uri));
        for (StructField field : SCHEMA.fields()) {
            DataType found = table.rows()
                    .select(table.column(flag, field.name()))
                    .schema()
                    .fields()[0]
                    .dataType();
            if (!found.equals(field.dataType())) {
                throw new UserFault(flag + ": column '" + field.name() + "' of " + uri + " has type "
                        + found.simpleString() + ", not " + field.dataType().simpleString()
                        + "; use the output of the step 'clean'.");
            }
        }
        return table.rows()
                .select(Arrays.stream(SCHEMA.fieldNames())
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    /** Reads the output of {@link CleanEvents}, or cleans raw JSON lines in the same way and caches the result. */
    public static CleanedLog readOrClean(SparkSession session, String flag, String uri) {
        return RawLog.read(session, flag, folder(session, flag, uri))
                .map(lines -> cleaned(lines, flag, uri))
                .orElseGet(() -> new CleanedLog(read(session, flag, uri), Map.of()));
    }

    private static CleanedLog cleaned(Dataset<String> lines, String flag, String uri) {
        Dataset<Row> classified = EventCleaner.classify(lines).persist(StorageLevel.MEMORY_AND_DISK());
        // Counts in a separate pass: Spark discards the observed metrics of a plan that turns out to be empty, and
        // waiting for them would block forever.
        CleanReport report = CleanReport.of(classified);
        report.requireEvents(flag, uri);
        return new CleanedLog(EventCleaner.events(classified), report.dropped());
    }

    /** A directory of raw events may also contain a subdirectory of this name. */
    private static String folder(SparkSession session, String flag, String uri) {
        try {
            Path subdirectory = new Path(uri, DIRECTORY);
            boolean exists = subdirectory
                    .getFileSystem(session.sparkContext().hadoopConfiguration())
                    .exists(subdirectory);
            return exists && containsParquet(session, flag, subdirectory.toString()) ? subdirectory.toString() : uri;
        } catch (IOException | IllegalArgumentException unreadable) {
            // The reader of the URI reports the problem.
            return uri;
        }
    }

    private static boolean containsParquet(SparkSession session, String flag, String subdirectory) {
        try {
            return JsonLines.read(session, flag, subdirectory).isEmpty();
        } catch (UserFault empty) {
            return false;
        }
    }
}
