package org.emrelay.runner.platform.emr;

import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.emr.provision.CreationException;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.platform.emr.provision.ResourceDiscovery;
import org.emrelay.runner.platform.emr.spec.ClusterResources;

/** Deletes what a failed creation created, and reports the cause and the result of the rollback in one message. */
record CreationRollback(AwsContext aws, ClusterResources resources, ResourceJournal journal, Notices notices) {
    /**
     * Rolls back, unless {@code keep} is set.
     *
     * @param keep whether to keep the created resources for inspection
     * @param bucketExisted whether the bucket existed before this creation; if so, it is not deleted
     */
    CreationException rollBack(RuntimeException failure, boolean keep, boolean bucketExisted) {
        ResourceNames names = resources.names();
        boolean isExpected = failure instanceof RunnerException;
        String reason = isExpected ? String.valueOf(failure.getMessage()) : failure.toString();
        String terminateCommand = "-a terminate_cluster -c " + names.cluster();
        if (keep) {
            return new CreationException(
                    reason + "\nThe created resources are kept (--keep). Delete them with " + terminateCommand + ".",
                    failure);
        }
        notices.notice("Creation failed: rolling back");
        try {
            ExistingResources existing = new ResourceDiscovery(aws, names, journal, notices).find();
            ResourceDeletion.Outcome outcome =
                    new ResourceDeletion(aws, names, journal, notices).delete(existing, !bucketExisted);
            String result = outcome.isComplete()
                    ? "Rolled back: all created resources were deleted."
                    : "The rollback is incomplete: " + String.join(" ", outcome.failures()) + " Delete the rest with "
                            + terminateCommand + ".";
            return new CreationException(reason + "\n" + result, failure);
        } catch (RuntimeException rollbackFailure) {
            failure.addSuppressed(rollbackFailure);
            return new CreationException(
                    reason + "\nThe rollback failed: " + rollbackFailure.getMessage() + " Delete the resources with "
                            + terminateCommand + ".",
                    failure);
        }
    }
}
