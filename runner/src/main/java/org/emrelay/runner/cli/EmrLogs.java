package org.emrelay.runner.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.log.LogListener;
import org.emrelay.runner.platform.emr.log.LogWaitPolicy;
import org.emrelay.runner.platform.emr.log.StepLogs;
import org.emrelay.runner.platform.emr.log.StepPlace;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.RunResult.StepResult;

/** The logs of one step on EMR, as a command shows them. */
final class EmrLogs {
    /** EMR ships every five minutes, and what a step wrote last some time after that. */
    private static final Duration SHIPPED_WITHIN = Duration.ofMinutes(8);

    private static final Pattern STEP_ID = Pattern.compile(".*/steps/(s-[A-Z0-9]+)/");

    private final AwsContext aws;
    private final StepPlace place;
    private final Progress progress;

    private EmrLogs(AwsContext aws, StepPlace place, Progress progress) {
        this.aws = aws;
        this.place = place;
        this.progress = progress;
    }

    /** Empty when EMR ships none, or does not know the step. */
    static Optional<EmrLogs> of(AwsContext aws, EmrCluster cluster, StepResult step, Progress progress) {
        String log = step.log();
        Matcher id = STEP_ID.matcher(log == null ? "" : log);
        return id.matches()
                ? StepPlace.of(cluster.logUri(), cluster.id(), id.group(1))
                        .map(place -> new EmrLogs(aws, place, progress))
                : Optional.empty();
    }

    String uri() {
        return place.uri();
    }

    /** What is there now; false when nothing is. */
    boolean print(PrintStream out) {
        return new StepLogs(aws).print(place, new Printing(out));
    }

    /** Prints until the step has ended and its last words have come. */
    void follow(PrintStream out, BooleanSupplier ended) {
        new StepLogs(aws).follow(place, ended, shipment(SHIPPED_WITHIN), new Printing(out));
        progress.erase();
    }

    /** Why the step failed, waited for, if at all, as long as its logs may still be on their way. */
    Optional<Diagnosis> cause(boolean wait) {
        Optional<Diagnosis> cause = new StepLogs(aws).diagnose(place, shipment(wait ? SHIPPED_WITHIN : Duration.ZERO));
        progress.erase();
        return cause;
    }

    private LogWaitPolicy shipment(Duration atMost) {
        return new LogWaitPolicy(
                atMost,
                waiting -> progress.passing("Waiting for " + waiting.what() + ": at most "
                        + Quantities.duration(waiting.left()) + " more (--no-logs does not)"),
                progress::say);
    }

    /** Lines as they come, with a heading wherever another log goes on. */
    private final class Printing implements LogListener {
        private final PrintStream out;
        private String last = "";

        Printing(PrintStream out) {
            this.out = out;
        }

        @Override
        public void line(String uri, String line) {
            if (!uri.equals(last)) {
                progress.erase();
                out.println((last.isEmpty() ? "" : "\n") + "==> " + uri + " <==");
                last = uri;
            }
            out.println(line);
            out.flush();
        }
    }
}
