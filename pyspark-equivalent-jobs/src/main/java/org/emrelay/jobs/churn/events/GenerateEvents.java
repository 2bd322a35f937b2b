package org.emrelay.jobs.churn.events;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.Partitioning;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * Generates the event log of a music service in which some users churn.
 *
 * <p>The log shows the reasons for churn only in part.
 */
public final class GenerateEvents implements Job {
    private static final long MIN_USER_DAYS_PER_PARTITION = 3_000;
    // About 150 MB of JSON.
    private static final long MAX_USER_DAYS_PER_PARTITION = 18_000;

    private final SparkSession session;
    private final Arguments arguments;

    private GenerateEvents(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(GenerateEvents::create, arguments);
    }

    private static GenerateEvents create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new GenerateEvents(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory log = OutputDirectory.requireEmpty(session, "--output", arguments.output())
                .subdirectory("log");
        long users = arguments.users();
        LogPeriod period = arguments.period();
        Dataset<String> lines = lines(
                session,
                arguments.seed(),
                users,
                period,
                Partitioning.partitionCount(
                        session,
                        arguments.users() * period.days(),
                        MIN_USER_DAYS_PER_PARTITION,
                        MAX_USER_DAYS_PER_PARTITION));
        lines.write().mode(SaveMode.Append).text(log.path().toString());
        System.out.println("Generated the log of " + users + " users over " + period.days() + " days from "
                + period.start() + ". Users without activity in that time are not in it.");
        System.out.flush();
    }

    /** There is nothing but the arguments. */
    @Override
    public void check() {}

    static Dataset<String> lines(SparkSession session, long seed, long users, LogPeriod period, int partitions) {
        return session.range(0, users, 1, partitions)
                .mapPartitions(
                        (MapPartitionsFunction<Long, String>)
                                numbers -> new EventGenerator(seed, users, period).of(numbers),
                        Encoders.STRING());
    }

    record Arguments(long users, LogPeriod period, long seed, String output) {
        private static final List<String> KNOWN = List.of("--users", "--days", "--start", "--seed", "--output");
        // The published logs start on this day and cover 61 days.
        private static final String DEFAULT_START = "2018-10-01";
        private static final int DEFAULT_DAYS = 61;

        Arguments {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.wholeNumberOr("--users", 400, 1, 1_000_000_000),
                    new LogPeriod(date(flags.textOr("--start", DEFAULT_START)), (int)
                            flags.wholeNumberOr("--days", DEFAULT_DAYS, 1, 3_650)),
                    flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                    flags.required("--output"));
        }

        private static LocalDate date(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException notADate) {
                throw new UserFault("--start must be a date such as " + DEFAULT_START + ", not '" + text + "'.");
            }
        }
    }
}
