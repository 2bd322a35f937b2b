package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.CreationException;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.StreamNames;

/**
 * Deletes what a failed creation created, and reports the cause and the result of the rollback in one message.
 *
 * @param deleteCommand deletes what remains
 */
record StreamRollback(
        AwsContext aws, StreamNames names, ResourceJournal journal, Notices notices, String deleteCommand) {
    private static final int ATTEMPTS = 3;
    private static final Duration BUDGET = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /**
     * Rolls back, unless {@code keep} is set.
     *
     * @param keep whether to keep the created resources for inspection
     * @param bucketExisted whether the bucket existed before this creation; if so, it is not deleted
     */
    CreationException rollBack(RuntimeException failure, boolean keep, boolean bucketExisted) {
        String reason = failure instanceof RunnerException expected ? expected.message() : failure.toString();
        if (keep) {
            return new CreationException(
                    reason + "\nThe created resources are kept (--keep). Delete them: " + deleteCommand, failure);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new CreationException(reason + "\nDelete what was created: " + deleteCommand, failure);
        }
        notices.notice("Creation failed: rolling back");
        return new CreationException(
                reason + "\n"
                        + deleteAll(failure, !bucketExisted)
                                .map(failures -> "The rollback is incomplete: " + failures + " Delete the rest: "
                                        + deleteCommand)
                                .orElse("Rolled back: all created resources were deleted."),
                failure);
    }

    /** Repeats the rollback while something is left. Returns the errors of the last attempt; empty if nothing is left. */
    private Optional<String> deleteAll(RuntimeException failure, boolean deleteBucket) {
        Instant start = aws.now();
        String failures = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                ExistingStream existing = new StreamDiscovery(aws, names, journal).find();
                DeletionOutcome outcome = new StreamRemoval(aws, existing, journal, notices).removeAll(deleteBucket);
                if (outcome.isComplete()) {
                    return Optional.empty();
                }
                failures = String.join(" ", outcome.failures());
            } catch (RuntimeException rollbackFailure) {
                failure.addSuppressed(rollbackFailure);
                failures = String.valueOf(rollbackFailure.getMessage());
            }
            if (aws.now().isAfter(start.plus(BUDGET)) || !aws.retry().sleep(PAUSE)) {
                break;
            }
        }
        return Optional.of(failures);
    }
}
