package org.emrelay.runner.platform.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.CreationException;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.platform.emr.provision.ResourceDiscovery;
import org.emrelay.runner.platform.emr.spec.ClusterResources;

/**
 * Deletes what a failed creation created, and reports the cause and the result of the rollback in one message.
 *
 * @param terminateCommand deletes what remains
 */
record CreationRollback(
        AwsContext aws, ClusterResources resources, ResourceJournal journal, Notices notices, String terminateCommand) {
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
        boolean isExpected = failure instanceof RunnerException;
        String reason = isExpected ? String.valueOf(failure.getMessage()) : failure.toString();
        if (keep) {
            return new CreationException(
                    reason + "\nThe created resources are kept (--keep). Delete them: " + terminateCommand, failure);
        }
        notices.notice("Creation failed: rolling back");
        String result = deleteAll(failure, !bucketExisted)
                .map(failures -> "The rollback is incomplete: " + failures + left(bucketExisted) + "Delete the rest: "
                        + terminateCommand)
                .orElse("Rolled back: all created resources were deleted.");
        return new CreationException(reason + "\n" + result + lateClusters(), failure);
    }

    /** Repeats the rollback while something is left. Returns the errors of the last attempt; empty if nothing is left. */
    private Optional<String> deleteAll(RuntimeException failure, boolean deleteBucket) {
        Instant start = aws.now();
        String failures = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                ExistingResources existing = new ResourceDiscovery(aws, resources.names(), journal, notices).find();
                DeletionOutcome outcome =
                        new ResourceDeletion(aws, resources.names(), journal, notices).delete(existing, deleteBucket);
                if (outcome.isComplete()) {
                    return Optional.empty();
                }
                failures = String.join(" ", outcome.failures()) + " ";
            } catch (RuntimeException rollbackFailure) {
                failure.addSuppressed(rollbackFailure);
                failures = rollbackFailure.getMessage() + " ";
            }
            if (aws.now().isAfter(start.plus(BUDGET)) || !aws.retry().sleep(PAUSE)) {
                break;
            }
        }
        return Optional.of(failures);
    }

    private String left(boolean keepsBucket) {
        List<String> left = new ArrayList<>();
        for (ResourceKind kind : ResourceKind.values()) {
            Set<String> names = kind == ResourceKind.BUCKET && keepsBucket
                    ? Set.of()
                    : journal.remaining(kind).keySet();
            names.forEach(name -> left.add(kind + " " + name));
        }
        return left.isEmpty() ? "" : "These may still exist: " + String.join(", ", left) + ". ";
    }

    /** EMR may have received a request whose response was lost, and list the cluster later than it was looked up. */
    private String lateClusters() {
        return journal.abandoned().stream()
                .map(creation -> "\nEMR did not answer, and lists no cluster named '"
                        + resources.names().cluster(creation) + "'. If it appears later, terminate it: "
                        + terminateCommand)
                .collect(Collectors.joining());
    }
}
