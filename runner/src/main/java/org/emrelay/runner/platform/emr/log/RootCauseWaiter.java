package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.emr.log.LogWaitPolicy.Waiting;

/** Looks at a failed step's logs until they tell why, or nothing more comes. */
final class RootCauseWaiter {
    private static final Duration TICK = Duration.ofSeconds(5);

    /** EMR ships the files of one process one after the other. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private final AwsRetry patience;
    private final StepLogScan look;
    private final StepPlace place;
    private final LogWaitPolicy shipment;
    private final Instant begun;
    private StepLogSnapshot sight = StepLogSnapshot.NOTHING;
    private Instant changed;
    private String trouble = "";

    RootCauseWaiter(AwsRetry patience, StepLogScan look, StepPlace place, LogWaitPolicy shipment) {
        this.patience = patience;
        this.look = look;
        this.place = place;
        this.shipment = shipment;
        this.begun = patience.clock().instant();
        this.changed = begun;
    }

    Optional<Diagnosis> run() {
        while (see() && !isEnough()) {
            Duration left = Duration.between(patience.clock().instant(), begun.plus(shipment.atMost()));
            if (left.isZero() || left.isNegative()) {
                break;
            }
            shipment.waiting().accept(new Waiting(sight.awaited(place), left));
            if (!patience.sleep(left.compareTo(TICK) < 0 ? left : TICK)) {
                break;
            }
        }
        if (!trouble.isEmpty()) {
            shipment.trouble().accept(trouble);
        }
        return sight.diagnosis(place);
    }

    /** Whether another look may help. */
    private boolean see() {
        try {
            StepLogSnapshot now = look.see();
            if (!now.equals(sight)) {
                sight = now;
                changed = patience.clock().instant();
            }
            trouble = "";
            return true;
        } catch (AwsException fault) {
            trouble = fault.sentence();
            return fault.is(Kind.THROTTLED) || fault.is(Kind.UNAVAILABLE) || fault.is(Kind.UNREACHABLE);
        }
    }

    private boolean isEnough() {
        if (!sight.isComplete()) {
            return false;
        }
        return sight.isConvincing() || !patience.clock().instant().isBefore(changed.plus(SETTLED));
    }
}
