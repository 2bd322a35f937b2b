package org.emrelay.jobs.churn.clean;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * Cleans the raw event log of the service.
 *
 * <p>Writes the events of identified users and reports how many lines were dropped and why.
 */
public final class CleanEvents implements Job {
    private static final String EVENTS = "--events";

    private final SparkSession session;
    private final Arguments arguments;

    private CleanEvents(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(CleanEvents::create, arguments);
    }

    private static CleanEvents create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new CleanEvents(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        String uri = arguments.events();
        Dataset<String> lines = lines();
        Observation observation = new Observation();
        EventCleaner.events(CleanReport.observe(EventCleaner.classify(lines), observation))
                .write()
                .mode(SaveMode.Append)
                .partitionBy(EventLog.DATE)
                .parquet(output.subdirectory(EventLog.DIRECTORY).path().toString());
        CleanReport report = CleanReport.of(observation);
        report.requireEvents(EVENTS, uri);
        output.writeText("report.json", report.json());
        report.print();
    }

    private Dataset<String> lines() {
        String uri = arguments.events();
        return RawLog.read(session, EVENTS, uri)
                .orElseThrow(
                        () -> new UserFault(EVENTS + ": " + uri + " contains Parquet files; expected JSON lines."));
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.events(), events -> lines());
    }

    record Arguments(String events, String output) {
        private static final List<String> KNOWN = List.of(EVENTS, "--output");

        Arguments {
            Objects.requireNonNull(events, "events");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(flags.required(EVENTS), flags.required("--output"));
        }
    }
}
