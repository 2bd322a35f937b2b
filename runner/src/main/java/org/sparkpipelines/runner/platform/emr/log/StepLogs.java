package org.sparkpipelines.runner.platform.emr.log;

import java.util.Optional;
import org.sparkpipelines.runner.platform.Diagnosis;
import org.sparkpipelines.runner.platform.emr.access.Aws;

/** The logs of steps on EMR, which lie in the bucket some minutes after they were written. */
public final class StepLogs {
    private final Aws aws;
    private final LogBucket logs;

    public StepLogs(Aws aws) {
        this.aws = aws;
        this.logs = new LogBucket(aws);
    }

    /**
     * Why a step failed: by its own log, else by the driver's container, else by other containers. Returns as soon as those have said their last word,
     * at the latest after the shipment's time with what is there by then; what stands in the way of reading is told to the shipment.
     */
    public Optional<Diagnosis> diagnose(StepPlace place, Shipment shipment) {
        return new CauseSearch(aws.patience(), new Look(logs, place), place, shipment).run();
    }
}
