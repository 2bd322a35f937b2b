package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.eventlog.EventLogFiles;
import org.emrelay.runner.eventlog.EventLogLimits;
import org.emrelay.runner.eventlog.EventLogReader;
import org.emrelay.runner.eventlog.ListedLogFile;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.EventLogs;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.profile.ProfileReading;

/** The event logs of a run's attempts. */
final class EventLogSource {
    private final Workspace workspace;
    private final Run run;

    EventLogSource(Workspace workspace, Run run) {
        this.workspace = workspace;
        this.run = run;
    }

    /**
     * Reads the event log of an attempt that has ended.
     *
     * @param stopped asked again and again; once it is true, what was read counts
     */
    ProfileReading profile(AttemptId attempt, BooleanSupplier stopped) {
        SparkSubmit sparkSubmit = run.plan().find(attempt.step()).orElseThrow().sparkSubmit();
        if (!EventLogs.areOurs(sparkSubmit)) {
            return ProfileReading.none(
                    sparkSubmit.legacy()
                            ? "Steps in the original form run as they are, without an event log of Spark."
                            : "spark_conf, or the cluster file, sets spark.eventLog.*, so that the event log of Spark is not where reports look for it.");
        }
        String directory = EventLogs.of(run.id(), attempt);
        try {
            List<ListedLogFile> files = workspace.files(directory).stream()
                    .map(file -> new ListedLogFile(file.path(), file.bytes()))
                    .toList();
            return EventLogReader.read(
                    EventLogFiles.among(files),
                    path -> workspace.open(directory + "/" + path),
                    EventLogLimits.DEFAULT,
                    stopped);
        } catch (IOException failure) {
            return ProfileReading.none("The event log of Spark could not be read: " + Outputs.describe(failure) + ".");
        }
    }
}
