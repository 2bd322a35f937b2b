package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsContext;

/** The logs of steps on EMR, which lie in the bucket some minutes after they were written. */
public final class StepLogs {
    private final AwsContext aws;
    private final LogBucket logs;

    public StepLogs(AwsContext aws) {
        this.aws = aws;
        this.logs = new LogBucket(aws);
    }

    /**
     * Why a step failed: by its own log, else by the driver's container, else by other containers. Returns as soon as those have said their last word,
     * at the latest after the shipment's time with what is there by then; what stands in the way of reading is told to the shipment.
     */
    public Optional<Diagnosis> diagnose(StepPlace place, LogWaitPolicy shipment) {
        return new RootCauseWaiter(aws.patience(), new StepLogScan(logs, place), place, shipment).run();
    }

    /**
     * Prints a running step's log as it is shipped, and what its driver writes in its container. Returns when the step has ended and its last logs
     * have come, at the latest after the shipment's time from then on, or when the thread is interrupted. What stands in the way for a while is told to
     * the shipment; what will not pass, such as a refusal, is thrown as an {@code AwsException}.
     *
     * @param ended whether the step has ended; it is asked every 15 seconds or so
     */
    public void follow(StepPlace place, BooleanSupplier ended, LogWaitPolicy shipment, LogListener listener) {
        new Follower(aws.patience(), logs, place, shipment, listener).follow(ended);
    }

    /** Prints what the step and its driver have written, as far as it is there now; false when no log of theirs is. */
    public boolean print(StepPlace place, LogListener listener) {
        LogWaitPolicy atOnce = new LogWaitPolicy(Duration.ZERO, waiting -> {}, trouble -> {});
        return new Follower(aws.patience(), logs, place, atOnce, listener).print();
    }
}
