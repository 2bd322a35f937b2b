package org.emrelay.jobs.churn.features;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.jobs.classification.exploration.Exploration;

/** Describes the users of an event log as of a cutoff, and says of each whether the subscription is cancelled in the window after it. */
public final class BuildUserFeatures {
    /** Some tens of megabytes. */
    private static final long USERS_IN_A_FILE = 100_000;

    private final SparkSession session;
    private final FeatureArguments arguments;

    private BuildUserFeatures(SparkSession session, FeatureArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static BuildUserFeatures create(String[] arguments) {
        FeatureArguments parsed = FeatureArguments.parse(arguments);
        return new BuildUserFeatures(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        Dataset<Row> events = EventLog.read(session, FeatureArguments.EVENTS, arguments.events());
        LogCensus log = LogCensus.of(events);
        CutoffChoice choice = CutoffChoice.of(arguments, log);
        FeatureSettings settings = choice.settings();
        Dataset<Row> users = UserTable.labelled(events, settings, log).cache();
        UserCensus census = UserCensus.of(users, settings.pages());
        FeatureReport report = new FeatureReport(choice, log, census);
        if (census.kept() == 0) {
            throw new UserFault(FeatureArguments.EVENTS + ": none of the " + census.all() + " users of "
                    + arguments.events() + " can be learnt from." + report.leftOut());
        }
        int files = (int) (census.kept() / USERS_IN_A_FILE + 1);
        output.below("users")
                .writeParquet(UserFeatures.kept(users).coalesce(files).sortWithinPartitions(UserFeatures.USER));
        output.writeText(FeatureSettings.FILE, settings.json());
        output.writeText(Exploration.FILE, census.exploration().json());
        output.writeText("report.json", report.json());
        report.print();
    }
}
