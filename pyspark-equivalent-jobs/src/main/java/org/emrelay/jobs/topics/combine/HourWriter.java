package org.emrelay.jobs.topics.combine;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.emrelay.tables.OutputDirectory;

/** Drops duplicate posts, and writes the others into one folder per hour. */
final class HourWriter {
    private static final String DIRECTORY = "posts";
    private static final String PREFIX = CombinedPosts.HOUR + "=";
    /** The number of posts of an hour that one task writes, roughly. */
    private static final long POSTS_PER_TASK = 1_000_000;
    /** Up to this many hashes are broadcast. */
    private static final long BROADCAST_POSTS = 2_000_000;

    private static final String FILE = "file";
    private static final StructType ID_SCHEMA = StructType.fromDDL("id string");
    private static final StructType HASH_SCHEMA = StructType.fromDDL("id_hash bigint");

    private final SparkSession session;
    private final OutputDirectory output;

    HourWriter(SparkSession session, OutputDirectory output) {
        this.session = session;
        this.output = output.subdirectory(DIRECTORY);
    }

    /**
     * Writes the posts that no earlier hour contains.
     *
     * @param posts the rows of {@link PostParser} that have no {@link PostParser#REASON}
     * @param count the number of posts
     * @param earlier the hours of the earlier output
     * @return the hours written, sorted
     */
    List<HourFolder> write(Dataset<Row> posts, long count, List<HourFolder> earlier) {
        if (count == 0) {
            return List.of();
        }
        append(withoutEarlier(unique(posts), posts, count, earlier), count);
        List<HourFolder> fresh = written();
        List<HourFolder> reopened = earlier.stream()
                .filter(hour -> fresh.stream().anyMatch(found -> found.hour().equals(hour.hour())))
                .toList();
        if (reopened.isEmpty()) {
            return fresh;
        }
        append(
                CombinedPosts.read(session, reopened, CombinedPosts.FILE_SCHEMA),
                reopened.stream().mapToLong(HourFolder::posts).sum());
        return written();
    }

    /** Keeps the earliest of the posts with the same id. Of equally early ones, the first in the order of the files. */
    private static Dataset<Row> unique(Dataset<Row> posts) {
        String rank = "rank";
        return posts.withColumn(CombinedPosts.ID_HASH, idHash())
                .withColumn(
                        rank,
                        row_number()
                                .over(Window.partitionBy(CombinedPosts.ID_HASH, CombinedPosts.ID)
                                        .orderBy(PostParser.MICROS, PostParser.FILE, PostParser.POSITION)))
                .where(col(rank).equalTo(1))
                .withColumn(CombinedPosts.TIME, expr("timestamp_micros(" + PostParser.MICROS + ")"))
                .select(CombinedPosts.columns(CombinedPosts.FILE_SCHEMA));
    }

    private static Column idHash() {
        return expr("xxhash64(" + CombinedPosts.ID + ")");
    }

    /** Compares hashes first, which are a small part of the files. Reads ids only from files that contain a matching hash. */
    private Dataset<Row> withoutEarlier(Dataset<Row> unique, Dataset<Row> posts, long count, List<HourFolder> earlier) {
        if (earlier.isEmpty()) {
            return unique;
        }
        Dataset<Row> hashes = posts.select(idHash().as(CombinedPosts.ID_HASH));
        List<Row> files = CombinedPosts.read(session, earlier, HASH_SCHEMA)
                .withColumn(FILE, input_file_name())
                .join(count <= BROADCAST_POSTS ? broadcast(hashes) : hashes, on(CombinedPosts.ID_HASH), "left_semi")
                .select(FILE)
                .distinct()
                .collectAsList();
        if (files.isEmpty()) {
            return unique;
        }
        Dataset<Row> ids = session.read()
                .schema(ID_SCHEMA)
                .parquet(files.stream()
                        .map(file -> new Path(URI.create(file.getString(0))).toString())
                        .toArray(String[]::new));
        return unique.join(ids, on(CombinedPosts.ID), "left_anti");
    }

    private static String[] on(String column) {
        return new String[] {column};
    }

    private void append(Dataset<Row> posts, long count) {
        int tasks = (int) Math.min(1_000, 1 + count / POSTS_PER_TASK);
        Dataset<Row> byHour = posts.withColumn(CombinedPosts.HOUR, CombinedPosts.HOUR_OF_TIME);
        Column hour = col(CombinedPosts.HOUR);
        Dataset<Row> divided = tasks == 1
                ? byHour.repartition(hour)
                : byHour.repartition(hour, pmod(col(CombinedPosts.ID_HASH), lit(tasks)));
        divided.sortWithinPartitions(CombinedPosts.HOUR, CombinedPosts.TIME, CombinedPosts.ID)
                .write()
                .mode(SaveMode.Append)
                .partitionBy(CombinedPosts.HOUR)
                .parquet(output.path().toString());
    }

    /** Lists the folders written so far. Spark counts the posts from the Parquet footers alone. */
    private List<HourFolder> written() {
        try {
            Path directory = output.fileSystem().makeQualified(output.path());
            Map<String, Long> sizes =
                    HourFolders.sizes(directory, session.sparkContext().hadoopConfiguration());
            Map<String, Long> posts = posts(directory);
            List<HourFolder> folders = new ArrayList<>();
            sizes.forEach((uri, bytes) -> {
                String hour = new Path(uri).getName().substring(PREFIX.length());
                folders.add(new HourFolder(hour, uri, Objects.requireNonNull(posts.get(hour)), bytes));
            });
            return folders;
        } catch (IOException failed) {
            throw new UncheckedIOException("listing " + output.path() + " failed", failed);
        }
    }

    private Map<String, Long> posts(Path directory) {
        Map<String, Long> posts = new TreeMap<>();
        session.read()
                .schema(CombinedPosts.FILE_SCHEMA.add(CombinedPosts.HOUR, "string"))
                .parquet(directory.toString())
                .groupBy(CombinedPosts.HOUR)
                .count()
                .collectAsList()
                .forEach(row -> posts.put(row.getString(0), row.getLong(1)));
        return posts;
    }
}
