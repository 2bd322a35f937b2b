package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsContext;

/** Logs of EMR steps, which EMR uploads to S3 some minutes after they are written. */
public final class StepLogs {
    private final AwsContext aws;
    private final LogBucket logs;

    public StepLogs(AwsContext aws) {
        this.aws = aws;
        this.logs = new LogBucket(aws);
    }

    /**
     * Finds the cause of a failed step in its own log, in the driver's container, or in other containers. Returns as soon as these logs are
     * complete, at the latest after the maximum wait. Errors while reading go to the wait policy.
     */
    public Optional<Diagnosis> diagnose(StepLogLocation location, LogWaitPolicy waitPolicy) {
        return new RootCauseWaiter(aws.retry(), new StepLogScan(logs, location), location, waitPolicy).await();
    }

    /**
     * Prints the logs of a running step and of its driver as they are uploaded. Returns when the step has ended and its final logs have arrived,
     * at the latest the maximum wait after its end, or when the thread is interrupted. Transient errors go to the wait policy. Other errors,
     * such as a denied request, are thrown as an {@code AwsException}.
     *
     * @param ended whether the step has ended; called about every 15 seconds
     */
    public void follow(
            StepLogLocation location, BooleanSupplier ended, LogWaitPolicy waitPolicy, LogListener listener) {
        new LogFollower(aws.retry(), logs, location, waitPolicy, listener).follow(ended);
    }

    /** Prints the logs of the step and its driver that are available now; returns false if there are none. */
    public boolean print(StepLogLocation location, LogListener listener) {
        LogWaitPolicy noWait = new LogWaitPolicy(Duration.ZERO, progress -> {}, error -> {});
        return new LogFollower(aws.retry(), logs, location, noWait, listener).print();
    }
}
