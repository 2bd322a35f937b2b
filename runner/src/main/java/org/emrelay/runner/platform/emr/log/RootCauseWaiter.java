package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsRetry;

/** Scans a failed step's logs until they reveal the cause or no more arrive. */
final class RootCauseWaiter {
    /** EMR uploads the files of one process one by one. */
    private static final Duration QUIET_PERIOD = Duration.ofSeconds(30);

    private final AwsRetry retry;
    private final StepLogScan scan;
    private final StepLogLocation location;
    private final LogWaitPolicy waitPolicy;
    private final Instant started;
    private StepLogSnapshot snapshot = StepLogSnapshot.EMPTY;
    private Instant lastChange;
    private String error = "";

    RootCauseWaiter(AwsRetry retry, StepLogScan scan, StepLogLocation location, LogWaitPolicy waitPolicy) {
        this.retry = retry;
        this.scan = scan;
        this.location = location;
        this.waitPolicy = waitPolicy;
        this.started = retry.clock().instant();
        this.lastChange = started;
    }

    Optional<Diagnosis> await() {
        boolean more = true;
        while (more) {
            more = refresh() && !isFinished() && waitPolicy.pause(retry, started, snapshot.awaited(location));
        }
        if (!error.isEmpty()) {
            waitPolicy.onError().accept(error);
        }
        return snapshot.diagnosis(location);
    }

    /** Returns whether another scan may succeed. */
    private boolean refresh() {
        try {
            StepLogSnapshot current = scan.run();
            if (!current.equals(snapshot)) {
                snapshot = current;
                lastChange = retry.clock().instant();
            }
            error = "";
            return true;
        } catch (AwsException fault) {
            error = fault.message();
            return fault.isOutage();
        }
    }

    private boolean isFinished() {
        if (!snapshot.isComplete()) {
            return false;
        }
        return snapshot.isConvincing() || !retry.clock().instant().isBefore(lastChange.plus(QUIET_PERIOD));
    }
}
