package org.emrelay.runner.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.SparkSubmit;

/** The event logs of steps: where Spark writes them, and the settings that make it do so. */
public final class EventLogs {
    /** The nodes of a cluster may write below it. */
    private static final String DIRECTORY = "logs/spark/";

    private static final String PREFIX = "spark.eventLog.";
    private static final String MARKER = "_emrelay";

    private EventLogs() {}

    /** The workspace path of the event logs of a run. */
    public static String of(RunId run) {
        return DIRECTORY + run;
    }

    /** The workspace path of the event logs of an attempt. */
    public static String of(RunId run, AttemptId attempt) {
        return of(run) + "/" + attempt.step().folder() + "-" + attempt.number();
    }

    /** A file in the directory of the event logs: in a bucket, Spark takes a directory without files for missing, and fails. */
    public static String marker(RunId run, AttemptId attempt) {
        return of(run, attempt) + "/" + MARKER;
    }

    /** Whether Spark writes the event log for the runner. A step in the legacy form runs as it is, and a user's own settings win. */
    public static boolean areOurs(SparkSubmit sparkSubmit) {
        return !sparkSubmit.legacy()
                && sparkSubmit.settings().conf().keySet().stream().noneMatch(key -> key.startsWith(PREFIX));
    }

    /** The plan with what the spark-defaults of a cluster file say about event logs: for Spark, the settings of a step come before them. */
    public static ExecutionPlan withDefaults(ExecutionPlan plan, List<Configuration> configurations) {
        Map<String, Argument> defaults = new LinkedHashMap<>();
        Configuration.properties(configurations, "spark-defaults", PREFIX)
                .forEach((key, value) -> defaults.put(key, Argument.literal(value)));
        return defaults.isEmpty()
                ? plan
                : plan.withSteps(plan.steps().stream()
                        .map(step -> areOurs(step.sparkSubmit()) ? step.withConf(defaults) : step)
                        .toList());
    }

    /** The command with the settings of the event log. */
    public static SparkSubmit added(SparkSubmit sparkSubmit, String uri) {
        if (!areOurs(sparkSubmit)) {
            return sparkSubmit;
        }
        Map<String, Argument> conf = new LinkedHashMap<>();
        settings(uri).forEach((key, value) -> conf.put(key, Argument.literal(value)));
        conf.putAll(sparkSubmit.settings().conf());
        return sparkSubmit.withConf(conf);
    }

    /** The Spark properties for an event log below a URI. */
    public static Map<String, String> settings(String uri) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(PREFIX + "enabled", "true");
        settings.put(PREFIX + "dir", uri);
        settings.put(PREFIX + "compress", "true");
        // A file in a bucket appears when it is complete. Of a driver that is killed, the last file is lost.
        settings.put(PREFIX + "rolling.enabled", "true");
        settings.put(PREFIX + "rolling.maxFileSize", "10m");
        settings.put(PREFIX + "logStageExecutorMetrics", "true");
        settings.put("spark.executor.processTreeMetrics.enabled", "true");
        return settings;
    }
}
