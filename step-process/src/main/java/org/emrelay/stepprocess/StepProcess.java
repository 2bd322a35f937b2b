package org.emrelay.stepprocess;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkContext$;
import org.apache.spark.deploy.SparkSubmit;

/**
 * The main class of a local step's JVM: started ahead of its turn, it waits on its standard input for the one
 * spark-submit command it is to run, and it never outlives the runner that holds the other end.
 */
public final class StepProcess {

    private StepProcess() {}

    public static void main(String[] args) {
        InputStream pipe = System.in;
        System.setIn(InputStream.nullInputStream());
        InterruptSignal.ignore();
        CompletableFuture<StepCommand> command = LifeLine.hold(pipe);
        WarmUp.until(command::isDone);
        // Not by returning: a thread that the step left behind would keep the process alive.
        System.exit(run(command.join()));
    }

    private static int run(StepCommand command) {
        int exitCode = 0;
        try {
            WrittenRows.reportTo(command.summary());
            SparkSubmit.main(StepListener.register(command.sparkSubmitArguments()));
        } catch (Throwable thrown) {
            exitCode = reportFailure(thrown);
        }
        try {
            stopSpark();
        } catch (Throwable thrown) {
            exitCode = reportFailure(thrown);
        }
        return exitCode;
    }

    /** As the JVM itself reports an exception that leaves main, so that logs read alike everywhere. */
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
