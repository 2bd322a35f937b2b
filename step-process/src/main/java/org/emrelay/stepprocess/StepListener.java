package org.emrelay.stepprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.executor.OutputMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the rows that a step's tasks write, for the report of the run. */
public final class StepListener extends SparkListener {

    private static final String KEY = "spark.extraListeners";

    /** The options of spark-submit that no value follows. */
    private static final Set<String> SWITCHES =
            Set.of("--help", "-h", "--supervise", "--usage-error", "--verbose", "-v", "--version");

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        // A failed task's output is thrown away, and some of them end without metrics.
        if (end.taskInfo().successful() && end.taskMetrics() != null) {
            OutputMetrics written = end.taskMetrics().outputMetrics();
            WrittenRows.add(written.recordsWritten(), written.bytesWritten());
        }
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        WrittenRows.report();
    }

    /**
     * Makes the next SparkContext call this listener: beside those that the arguments name, or, where they name none,
     * by a system property, which to Spark is the weakest of settings.
     */
    static String[] register(List<String> sparkSubmitArguments) {
        String[] arguments = sparkSubmitArguments.toArray(String[]::new);
        if (!fitsThisSpark()) {
            return arguments;
        }
        List<Integer> named = positionsOfListeners(sparkSubmitArguments);
        for (int position : named) {
            arguments[position] = arguments[position] + "," + StepListener.class.getName();
        }
        if (named.isEmpty()) {
            System.setProperty(KEY, StepListener.class.getName());
        }
        return arguments;
    }

    /** A pyspark of another version brings its own Spark, for which this class was not compiled. */
    private static boolean fitsThisSpark() {
        try {
            new StepListener();
            SparkListenerTaskEnd.class.getMethod("taskMetrics");
            OutputMetrics.class.getMethod("recordsWritten");
            return true;
        } catch (LinkageError | NoSuchMethodException otherSpark) {
            return false;
        }
    }

    private static List<Integer> positionsOfListeners(List<String> arguments) {
        List<Integer> positions = new ArrayList<>();
        // The first argument that is no option is the step's own code; what follows belongs to it.
        for (int i = 0; i < arguments.size() && arguments.get(i).startsWith("-"); i++) {
            String option = arguments.get(i);
            boolean valueInside = option.startsWith("--") && option.contains("=");
            if (option.startsWith("--conf=" + KEY + "=")) {
                positions.add(i);
            } else if (!valueInside && !SWITCHES.contains(option)) {
                i++;
                if (Set.of("--conf", "-c").contains(option)
                        && i < arguments.size()
                        && arguments.get(i).startsWith(KEY + "=")) {
                    positions.add(i);
                }
            }
        }
        return positions;
    }
}
