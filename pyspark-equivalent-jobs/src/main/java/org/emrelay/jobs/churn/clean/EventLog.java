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
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.JsonLines;
import org.emrelay.jobs.UserFault;

/** The cleaned events of a music service: the one place that knows their columns and where they are read. */
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

    /** The UTC day of {@link #TIME}, by which the files are parted. */
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

    /** Where {@link CleanEvents} leaves them below its output. */
    static final String FOLDER = "events";

    private EventLog() {}

    /** Reads what {@link CleanEvents} wrote: its output, or the {@code events} folder in it. */
    public static Dataset<Row> read(SparkSession session, String flag, String uri) {
        InputTable table = InputTable.readParquet(session, flag, folder(session, flag, uri));
        for (StructField field : SCHEMA.fields()) {
            DataType found = table.rows()
                    .select(table.column(flag, field.name()))
                    .schema()
                    .fields()[0]
                    .dataType();
            if (!found.equals(field.dataType())) {
                throw new UserFault(flag + ": column '" + field.name() + "' of " + uri + " is of type "
                        + found.simpleString() + ", not " + field.dataType().simpleString()
                        + "; give events that the step 'clean' wrote.");
            }
        }
        return table.rows()
                .select(Arrays.stream(SCHEMA.fieldNames())
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    /**
     * Reads what {@link CleanEvents} wrote, or else raw events (JSON lines), which are cleaned in the same way, once, and kept
     * for whoever looks at them several times.
     */
    public static OpenedLog readOrClean(SparkSession session, String flag, String uri) {
        return RawLog.read(session, flag, folder(session, flag, uri))
                .map(lines -> cleaned(lines, flag, uri))
                .orElseGet(() -> new OpenedLog(read(session, flag, uri), Map.of()));
    }

    private static OpenedLog cleaned(Dataset<String> lines, String flag, String uri) {
        Dataset<Row> marked = Cleaning.marked(lines).persist(StorageLevel.MEMORY_AND_DISK());
        // Not observed as it is made: of a plan whose end is empty Spark forgets the figures, and one would wait for
        // ever.
        CleanReport report = CleanReport.of(marked);
        report.requireEvents(flag, uri);
        return new OpenedLog(Cleaning.events(marked), report.dropped());
    }

    /** A folder of raw events may have one of that name too. */
    private static String folder(SparkSession session, String flag, String uri) {
        try {
            Path inside = new Path(uri, FOLDER);
            boolean isThere = inside.getFileSystem(session.sparkContext().hadoopConfiguration())
                    .exists(inside);
            return isThere && holdsParquet(session, flag, inside.toString()) ? inside.toString() : uri;
        } catch (IOException | IllegalArgumentException unusable) {
            // Whoever opens it says what is wrong with it.
            return uri;
        }
    }

    private static boolean holdsParquet(SparkSession session, String flag, String inside) {
        try {
            return JsonLines.read(session, flag, inside).isEmpty();
        } catch (UserFault empty) {
            return false;
        }
    }
}
