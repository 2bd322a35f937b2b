package org.emrelay.stepprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Writes how many tasks of the step's active stages are done, for the runner's live view.
 *
 * <p>Static because Spark creates a listener for each SparkContext of the step.
 */
final class TaskProgress {

    private static final long INTERVAL_MILLIS = 250;

    private static final ActiveStages STAGES = new ActiveStages();

    private TaskProgress() {}

    /** Writes to {@code tasks.json} beside the summary from now on. */
    static void start(String summaryFile) {
        if (!summaryFile.isEmpty()) {
            Path file = Path.of(summaryFile).resolveSibling("tasks.json");
            Thread writer = new Thread(() -> write(file), "task-progress");
            writer.setDaemon(true);
            writer.start();
        }
    }

    private static void write(Path file) {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        String written = "";
        try {
            while (true) {
                String progress = STAGES.json();
                if (!progress.equals(written)) {
                    Files.writeString(partial, progress);
                    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
                    written = progress;
                }
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException | InterruptedException unwritten) {
            // The live view shows no tasks, nothing more.
        }
    }

    static void stageSubmitted(SparkListenerStageSubmitted event) {
        STAGES.started(event.stageInfo().stageId(), event.stageInfo().numTasks());
    }

    static void taskEnded(SparkListenerTaskEnd event) {
        if (event.taskInfo().successful()) {
            STAGES.taskCompleted(event.stageId());
        }
    }

    static void stageCompleted(SparkListenerStageCompleted event) {
        STAGES.ended(event.stageInfo().stageId());
    }
}
