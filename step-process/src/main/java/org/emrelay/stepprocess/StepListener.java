package org.emrelay.stepprocess;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.executor.OutputMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;

/** Counts the tasks of a step and the rows that they write, for the runner. */
public final class StepListener extends SparkListener {

    private static final String KEY = "spark.extraListeners";

    /** The spark-submit options that take no value. */
    private static final Set<String> OPTIONS_WITHOUT_VALUE =
            Set.of("--help", "-h", "--supervise", "--usage-error", "--verbose", "-v", "--version");

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        TaskProgress.stageSubmitted(submitted);
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
        TaskProgress.stageCompleted(completed);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        TaskProgress.taskEnded(end);
        // Spark discards the output of a failed task, and some failed tasks report no metrics.
        if (end.taskInfo().successful() && end.taskMetrics() != null) {
            OutputMetrics written = end.taskMetrics().outputMetrics();
            WrittenRows.add(written.recordsWritten(), written.bytesWritten());
        }
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
        PeakMemory.log();
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        PeakMemory.log();
        try {
            WrittenRows.writeSummary(false);
        } catch (IOException exception) {
            System.err.println("Could not write the row count: " + exception);
        }
    }

    /**
     * Registers this listener with the next SparkContext. It is appended to the listeners named in the arguments. If
     * the arguments name none, it is set as a system property, which has the lowest precedence in Spark.
     */
    static String[] register(List<String> sparkSubmitArguments) {
        String[] arguments = sparkSubmitArguments.toArray(String[]::new);
        if (!isCompatibleWithSpark()) {
            return arguments;
        }
        List<Integer> positions = listenerArgumentPositions(sparkSubmitArguments);
        for (int position : positions) {
            arguments[position] = arguments[position] + "," + StepListener.class.getName();
        }
        if (positions.isEmpty()) {
            System.setProperty(KEY, StepListener.class.getName());
        }
        return arguments;
    }

    /** A pyspark of another version brings its own Spark, which may be binary-incompatible with this class. */
    private static boolean isCompatibleWithSpark() {
        try {
            new StepListener();
            SparkListenerTaskEnd.class.getMethod("taskMetrics");
            OutputMetrics.class.getMethod("recordsWritten");
            StageInfo.class.getMethod("numTasks");
            return true;
        } catch (LinkageError | NoSuchMethodException otherSpark) {
            return false;
        }
    }

    private static List<Integer> listenerArgumentPositions(List<String> arguments) {
        List<Integer> positions = new ArrayList<>();
        // The first argument that is not an option is the application; the rest are its own arguments.
        for (int i = 0; i < arguments.size() && arguments.get(i).startsWith("-"); i++) {
            String option = arguments.get(i);
            boolean hasInlineValue = option.startsWith("--") && option.contains("=");
            if (option.startsWith("--conf=" + KEY + "=")) {
                positions.add(i);
            } else if (!hasInlineValue && !OPTIONS_WITHOUT_VALUE.contains(option)) {
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
