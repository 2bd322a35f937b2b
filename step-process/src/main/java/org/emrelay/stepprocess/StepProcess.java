package org.emrelay.stepprocess;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkContext$;
import org.apache.spark.deploy.SparkSubmit;

/**
 * Main class of a local step's JVM: runs one spark-submit command.
 *
 * <p>The runner may start the process ahead of time. It then waits for its command on standard input, and it never
 * outlives the runner, which holds the other end of the pipe.
 */
public final class StepProcess {

    private StepProcess() {}

    public static void main(String[] args) {
        InputStream pipe = System.in;
        System.setIn(InputStream.nullInputStream());
        InterruptSignal.ignore();
        CompletableFuture<StepCommand> command = RunnerWatchdog.start(pipe);
        WarmUp.runUntil(command::isDone);
        // Exit instead of returning: a non-daemon thread left by the step would keep the process alive.
        System.exit(run(command.join()));
    }

    private static int run(StepCommand command) {
        int exitCode = 0;
        try {
            WrittenRows.setSummaryFile(command.summaryFile());
            TaskProgress.start(command.summaryFile());
            SparkSubmit.main(StepListener.register(command.sparkSubmitArguments()));
        } catch (Throwable thrown) {
            exitCode = reportFailure(thrown);
        }
        try {
            stopSpark();
            if (exitCode == 0) {
                WrittenRows.writeSummary(true);
            }
        } catch (Throwable thrown) {
            exitCode = reportFailure(thrown);
        }
        return exitCode;
    }

    /** The same format as the JVM's own for an uncaught exception, so that the root cause search reads both alike. */
    private static int reportFailure(Throwable thrown) {
        System.out.flush();
        System.err.print("Exception in thread \"" + Thread.currentThread().getName() + "\" ");
        thrown.printStackTrace();
        return 1;
    }

    private static void stopSpark() {
        SparkContext$.MODULE$.getActive().foreach(context -> {
            context.stop();
            return null;
        });
    }
}
