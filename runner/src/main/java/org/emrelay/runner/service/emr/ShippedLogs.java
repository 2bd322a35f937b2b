package org.emrelay.runner.service.emr;

import java.io.PrintStream;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.Attempt;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;

/** The logs of a cluster's steps, as EMR has shipped them so far. */
record ShippedLogs(AwsContext aws, EmrCluster cluster, Progress progress) implements StepLogsReport.LogSource {
    ShippedLogs {
        Objects.requireNonNull(aws, "aws");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(progress, "progress");
    }

    Optional<EmrLogs> of(StepResult step) {
        return EmrLogs.of(aws, cluster, step, progress);
    }

    /**
     * The cause of a step's failure in its log; empty if it is known already.
     *
     * @param wait whether to wait while logs may still be shipped
     */
    Optional<Diagnosis> cause(StepResult step, boolean wait) {
        Failure failure = step.failure();
        return step.phase() != StepPhase.FAILED
                        || failure == null
                        || !failure.cause().isEmpty()
                        || hasTimedOut(step)
                ? Optional.empty()
                : of(step).flatMap(logs -> logs.cause(wait));
    }

    /** The log of an attempt that the runner cancelled shows only that it was killed. */
    private static boolean hasTimedOut(StepResult step) {
        return step.lastAttempt()
                .filter(attempt -> attempt.state() == Attempt.State.TIMED_OUT)
                .isPresent();
    }

    @Override
    public StepResult diagnose(StepResult step) {
        Failure failure = step.failure();
        return failure == null
                ? step
                : cause(step, false)
                        .map(cause -> step.with(failure.withDiagnosis(cause)))
                        .orElse(step);
    }

    @Override
    public boolean print(StepResult step, PrintStream out) {
        return of(step).filter(logs -> logs.print(out)).isPresent();
    }

    @Override
    public String unavailable(StepResult step) {
        return "No log of step '" + step.name() + "' at " + step.log()
                + " yet: EMR ships logs every five minutes, and some minutes after a step has ended.";
    }
}
