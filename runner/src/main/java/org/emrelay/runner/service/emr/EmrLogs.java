package org.emrelay.runner.service.emr;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.log.LogListener;
import org.emrelay.runner.platform.emr.log.LogWaitPolicy;
import org.emrelay.runner.platform.emr.log.StepLogLocation;
import org.emrelay.runner.platform.emr.log.StepLogs;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.RunResult.StepResult;

/** The logs of one EMR step, printed with progress. */
final class EmrLogs {
    /** EMR ships logs every five minutes, and the last part some minutes after a step has ended. */
    private static final Duration SHIPPING_DELAY = Duration.ofMinutes(8);

    private final AwsContext aws;
    private final StepLogLocation location;
    private final Progress progress;

    private EmrLogs(AwsContext aws, StepLogLocation location, Progress progress) {
        this.aws = aws;
        this.location = location;
        this.progress = progress;
    }

    /** Empty if the cluster ships no logs or EMR does not list the step. */
    static Optional<EmrLogs> of(AwsContext aws, EmrCluster cluster, StepResult step, Progress progress) {
        return step.lastAttempt()
                .map(attempt -> attempt.platformStep().stepId())
                .flatMap(id -> StepLogLocation.of(cluster.logUri(), cluster.id(), id))
                .map(location -> new EmrLogs(aws, location, progress));
    }

    String uri() {
        return location.uri();
    }

    /** Prints what has been shipped; false if nothing has. */
    boolean print(PrintStream out) {
        return new StepLogs(aws).print(location, new Printer(out));
    }

    /** Prints until the step has ended and its last logs were shipped. */
    void follow(PrintStream out, BooleanSupplier ended) {
        new StepLogs(aws).follow(location, ended, waitPolicy(SHIPPING_DELAY), new Printer(out));
        progress.clear();
    }

    /** @param wait whether to wait while logs may still be shipped */
    Optional<Diagnosis> cause(boolean wait) {
        Optional<Diagnosis> cause =
                new StepLogs(aws).diagnose(location, waitPolicy(wait ? SHIPPING_DELAY : Duration.ZERO));
        progress.clear();
        return cause;
    }

    private LogWaitPolicy waitPolicy(Duration atMost) {
        return new LogWaitPolicy(
                atMost,
                waiting -> progress.status("Waiting for " + waiting.awaited() + ", at most "
                        + Quantities.duration(waiting.remaining()) + " (skip with --no-logs)"),
                progress::notice);
    }

    /** Prints lines, with a heading whenever the log changes. */
    private final class Printer implements LogListener {
        private final PrintStream out;
        private String last = "";

        Printer(PrintStream out) {
            this.out = out;
        }

        @Override
        public void line(String uri, String line) {
            if (!uri.equals(last)) {
                progress.clear();
                out.println((last.isEmpty() ? "" : "\n") + "==> " + uri + " <==");
                last = uri;
            }
            out.println(line);
            out.flush();
        }
    }
}
