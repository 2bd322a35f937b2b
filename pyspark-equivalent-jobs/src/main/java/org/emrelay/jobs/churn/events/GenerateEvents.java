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
import org.emrelay.jobs.Flags;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.Partitioning;
import org.emrelay.jobs.UserFault;

/** Makes up the log of a music service as large as is wanted, in which users leave for reasons that the log shows in part. */
public final class GenerateEvents {
    private static final long USER_DAYS_IN_THE_SMALLEST_PARTITION = 3_000;
    // About 150 MB of JSON.
    private static final long USER_DAYS_IN_THE_LARGEST_PARTITION = 18_000;

    private final SparkSession session;
    private final Arguments arguments;

    private GenerateEvents(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static GenerateEvents create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new GenerateEvents(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory log =
                OutputDirectory.empty(session, "--output", arguments.output()).below("log");
        long users = arguments.users();
        Period period = arguments.period();
        Dataset<String> lines = lines(
                session,
                arguments.seed(),
                users,
                period,
                Partitioning.of(
                        session,
                        arguments.users() * period.days(),
                        USER_DAYS_IN_THE_SMALLEST_PARTITION,
                        USER_DAYS_IN_THE_LARGEST_PARTITION));
        lines.write().mode(SaveMode.Append).text(log.path().toString());
        System.out.println("Made up the log of " + users + " users over " + period.days() + " days from "
                + period.start() + "; who does not come in that time is not in it.");
        System.out.flush();
    }

    static Dataset<String> lines(SparkSession session, long seed, long users, Period period, int partitions) {
        return session.range(0, users, 1, partitions)
                .mapPartitions(
                        (MapPartitionsFunction<Long, String>) numbers -> new Lives(seed, users, period).of(numbers),
                        Encoders.STRING());
    }

    record Arguments(long users, Period period, long seed, String output) {
        private static final List<String> KNOWN = List.of("--users", "--days", "--start", "--seed", "--output");
        // The published logs begin then, and last 61 days.
        private static final String START = "2018-10-01";
        private static final int DAYS = 61;

        Arguments {
            Objects.requireNonNull(period, "period");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.wholeNumberOr("--users", 400, 1, 1_000_000_000),
                    new Period(
                            date(flags.textOr("--start", START)), (int) flags.wholeNumberOr("--days", DAYS, 1, 3_650)),
                    flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                    flags.required("--output"));
        }

        private static LocalDate date(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException noDate) {
                throw new UserFault("--start must be a date such as " + START + ", not '" + text + "'.");
            }
        }
    }
}
