package org.emrelay.jobs.churn.features;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.jobs.classification.exploration.Exploration;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * Builds one row of features and a label per user.
 *
 * <p>Features describe the user before the cutoff; the label says whether the user churns in the label window after
 * it.
 */
public final class BuildUserFeatures implements Job {
    /** A file of tens of megabytes. */
    private static final long USERS_PER_FILE = 100_000;

    private final SparkSession session;
    private final FeatureArguments arguments;

    private BuildUserFeatures(SparkSession session, FeatureArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(BuildUserFeatures::create, arguments);
    }

    private static BuildUserFeatures create(String[] arguments) {
        FeatureArguments parsed = FeatureArguments.parse(arguments);
        return new BuildUserFeatures(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        Dataset<Row> events = EventLog.read(session, FeatureArguments.EVENTS, arguments.events());
        LogSummary log = LogSummary.of(events);
        CutoffChoice choice = CutoffChoice.of(arguments, log);
        FeatureSettings settings = choice.settings();
        Dataset<Row> users = UserTable.labelled(events, settings, log).cache();
        UserSummary userSummary = UserSummary.of(users, settings.pages());
        FeatureReport report = new FeatureReport(choice, log, userSummary);
        if (userSummary.eligible() == 0) {
            throw new UserFault(FeatureArguments.EVENTS + ": none of the " + userSummary.all() + " users of "
                    + arguments.events() + " are eligible for training." + report.excluded());
        }
        int files = (int) (userSummary.eligible() / USERS_PER_FILE + 1);
        output.subdirectory("users")
                .writeParquet(UserFeatures.eligible(users).coalesce(files).sortWithinPartitions(UserFeatures.USER));
        output.writeText(FeatureSettings.FILE, settings.json());
        output.writeText(Exploration.FILE, userSummary.exploration().json());
        output.writeText("report.json", report.json());
        report.print();
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.events(), events -> EventLog.read(session, FeatureArguments.EVENTS, events));
    }
}
