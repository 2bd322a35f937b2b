package org.emrelay.jobs.topics.posts;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.emrelay.jobs.JobSession;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * Generates posts about known topics, with the noise of real ones.
 *
 * <p>The noise consists of reposts, near-duplicates, other languages and malformed lines. The mix of topics drifts from hour to hour. In the later hours it is different, and includes a new topic.
 */
public final class GeneratePosts implements Job {
    private final SparkSession session;
    private final Arguments arguments;

    private GeneratePosts(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(GeneratePosts::create, arguments);
    }

    private static GeneratePosts create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new GeneratePosts(JobSession.getOrCreate(), parsed);
    }

    /** Checks nothing: the arguments were already checked, and the job has no inputs. */
    @Override
    public void check() {}

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        PostTimeline timeline = arguments.timeline();
        List<Integer> hours = IntStream.range(0, timeline.hours() + PostTimeline.LATER_HOURS)
                .boxed()
                .toList();
        context.parallelize(hours, hours.size())
                .foreach(new HourFiles(
                        arguments.seed(),
                        timeline,
                        arguments.topics(),
                        output.path().toString(),
                        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()))));
        for (String directory : List.of(HourFiles.POSTS, HourFiles.LATER, HourFiles.TRUTH)) {
            output.subdirectory(directory).deleteTemporaryFiles();
        }
        List<SampleTopic> topics = SampleTopic.all();
        System.out.println("Generated " + timeline.posts() + " lines over " + timeline.hours() + " hours about "
                + String.join(
                        ", ",
                        topics.subList(0, arguments.topics()).stream()
                                .map(SampleTopic::name)
                                .toList())
                + "; the " + PostTimeline.LATER_HOURS + " later hours in '" + HourFiles.LATER + "' are also about "
                + topics.get(arguments.topics()).name() + ".");
        System.out.flush();
    }

    record Arguments(PostTimeline timeline, int topics, long seed, String output) {
        private static final List<String> KNOWN =
                List.of("--posts", "--topics", "--hours", "--start", "--seed", "--output");
        private static final String DEFAULT_START = "2026-11-20T00";
        private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);

        Arguments {
            Objects.requireNonNull(timeline, "timeline");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    new PostTimeline(
                            hour(flags.textOr("--start", DEFAULT_START)),
                            (int) flags.wholeNumberOr("--hours", 24, 1, 10_000),
                            flags.wholeNumberOr("--posts", 6_000, 1, 1_000_000_000)),
                    (int) flags.wholeNumberOr(
                            "--topics", 4, 1, SampleTopic.all().size() - 1),
                    flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                    flags.required("--output"));
        }

        private static long hour(String text) {
            try {
                return LocalDateTime.parse(text + ":00", HOUR).toEpochSecond(ZoneOffset.UTC) / 3_600;
            } catch (DateTimeParseException notAnHour) {
                throw new UserFault("--start must be an hour such as " + DEFAULT_START + ", not '" + text + "'.");
            }
        }
    }
}
