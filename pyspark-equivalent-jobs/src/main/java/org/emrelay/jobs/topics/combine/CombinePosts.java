package org.emrelay.jobs.topics.combine;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * Combines posts from files in different formats into one dataset, partitioned by hour.
 *
 * <p>Does not read files again that an earlier output already includes, and refers to that output's folders for hours without new posts.
 */
public final class CombinePosts implements Job {
    /** When the runner deletes old outputs, it keeps the folders listed in this file. */
    private static final String REFERENCES = "_references.json";

    private static final String MALFORMED = "malformed";
    private static final String REPORT = "report.json";
    /** The key for the number of posts in the counts by reason. */
    private static final String POST = "";

    private final SparkSession session;
    private final CombineArguments arguments;

    private CombinePosts(SparkSession session, CombineArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(CombinePosts::create, arguments);
    }

    private static CombinePosts create(String[] arguments) {
        CombineArguments parsed = CombineArguments.parse(arguments);
        return new CombinePosts(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.posts(), posts -> files());
    }

    private PostFiles files() {
        PostFiles files = PostFiles.list(
                CombineArguments.POSTS,
                arguments.posts(),
                session.sparkContext().hadoopConfiguration());
        ColumnCheck.require(
                CombineArguments.POSTS,
                files,
                arguments.input(),
                session.sparkContext().hadoopConfiguration());
        return files;
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        PostFiles files = files();
        Manifest earlier = earlier(files);
        Set<PostFile> known = new HashSet<>(earlier.files());
        List<PostFile> added =
                files.files().stream().filter(file -> !known.contains(file)).toList();
        CombineReport report = combine(added, earlier, output);
        output.writeText(REPORT, report.json());
        // The manifest comes last: an output that has one is complete.
        writeReferences(output, report.referred());
        output.writeText(Manifest.NAME, manifest(files, added, earlier, report).json());
        report.print();
    }

    private Manifest earlier(PostFiles files) {
        EarlierHours earlier = new EarlierHours(session, files, arguments.settings());
        return arguments
                .combined()
                .map(uri -> earlier.named(CombineArguments.COMBINED, uri))
                .orElseGet(() -> earlier.newest(new Path(arguments.output())))
                .orElseGet(() -> new Manifest(files.source(), List.of(), List.of(), arguments.settings()));
    }

    private CombineReport combine(List<PostFile> added, Manifest earlier, OutputDirectory output) {
        if (!earlier.hours().isEmpty()) {
            // Written before the first hour: until this run ends, it may need any of them.
            writeReferences(output, earlier.hours());
        }
        Dataset<Row> records = records(added).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Map<String, Long> malformed = counts(records);
            long posts = Objects.requireNonNull(malformed.remove(POST));
            requirePosts(posts, malformed, earlier);
            if (!CombineReport.summary(malformed).isEmpty()) {
                writeMalformed(records, output.subdirectory(MALFORMED));
            }
            List<HourFolder> written = new HourWriter(session, output)
                    .write(records.where(col(PostParser.REASON).isNull()), posts, earlier.hours());
            return CombineReport.of(added.size(), earlier, posts, malformed, written);
        } finally {
            records.unpersist();
        }
    }

    private Dataset<Row> records(List<PostFile> files) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        boolean isJson = PostFormat.of(arguments.input().format())
                .filter(PostFormat.JSON::equals)
                .isPresent();
        List<List<PostSplit>> partitions = PostFiles.partitions(files, isJson, context.defaultParallelism());
        PostParser parser = new PostParser(
                arguments.input(), context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())));
        return session.createDataFrame(
                context.parallelize(partitions, Math.max(1, partitions.size())).flatMap(parser), PostParser.SCHEMA);
    }

    /** Counts posts, and malformed records by reason; reasons that did not occur count 0. */
    private static Map<String, Long> counts(Dataset<Row> records) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(POST, 0L);
        for (MalformedReason reason : MalformedReason.values()) {
            counts.put(reason.toString(), 0L);
        }
        records.groupBy(PostParser.REASON)
                .count()
                .collectAsList()
                .forEach(row -> counts.put(row.isNullAt(0) ? POST : row.getString(0), row.getLong(1)));
        return counts;
    }

    private void requirePosts(long posts, Map<String, Long> malformed, Manifest earlier) {
        if (posts > 0 || !earlier.hours().isEmpty()) {
            return;
        }
        String reasons = CombineReport.summary(malformed);
        throw new UserFault(CombineArguments.POSTS + ": " + arguments.posts() + " contains no posts"
                + (reasons.isEmpty()
                        ? ": all files are empty."
                        : " (" + reasons + "). Name the columns with "
                                + String.join(", ", PostColumns.FLAGS.subList(0, 3)) + "."));
    }

    private static void writeMalformed(Dataset<Row> records, OutputDirectory malformed) {
        records.where(col(PostParser.PATH).isNotNull())
                .select(col(PostParser.PATH).as("file"), col(PostParser.REASON), col(PostParser.LINE))
                .write()
                .mode(SaveMode.Append)
                .json(malformed.path().toString());
    }

    private static void writeReferences(OutputDirectory output, List<HourFolder> hours) {
        List<String> uris = hours.stream().map(HourFolder::uri).toList();
        output.replaceText(REFERENCES, JsonText.of(Map.of("references", uris)));
    }

    private static Manifest manifest(PostFiles files, List<PostFile> added, Manifest earlier, CombineReport report) {
        Map<String, PostFile> read = new TreeMap<>();
        earlier.files().forEach(file -> read.put(file.path(), file));
        added.forEach(file -> read.put(file.path(), file));
        List<HourFolder> hours = new ArrayList<>(report.written());
        hours.addAll(report.referred());
        hours.sort(Comparator.comparing(HourFolder::hour));
        return new Manifest(files.source(), hours, List.copyOf(read.values()), earlier.settings());
    }
}
