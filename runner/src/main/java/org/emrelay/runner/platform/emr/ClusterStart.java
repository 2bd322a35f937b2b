package org.emrelay.runner.platform.emr;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.CreationException;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.StartupWaiter;
import org.emrelay.runner.platform.emr.provision.LaunchedCluster;

/**
 * Waits for a new cluster, and requests it once more if EMR refuses its new service role.
 *
 * <p>RunJobFlow accepts a role that EMR does not see yet. EMR checks the role when it launches instances, and ends the
 * cluster if the role is missing or lacks permissions. No step has run then.
 *
 * @param keep whether to keep the resources of a cluster that fails to start
 * @param onCreated receives the id of a cluster that was requested once more
 */
record ClusterStart(
        EmrClusters clusters,
        AwsContext aws,
        Notices notices,
        RunnerCommand command,
        String name,
        boolean keep,
        Consumer<String> onCreated) {
    /** Waits until the cluster accepts steps. If it fails to start, deletes its resources, unless {@code keep} is set. */
    void await(LaunchedCluster launched) throws IOException {
        StartupWaiter waiter = new StartupWaiter(aws, notices);
        EmrCluster cluster = awaiting(launched, () -> waiter.await(launched.id()));
        if (!cluster.isUp()) {
            Optional<LaunchedCluster> again = relaunched(launched, cluster);
            if (again.isPresent()) {
                await(again.get());
            } else {
                throw failed(waiter.failure(cluster), new IllegalStateException(launched.id()));
            }
        }
    }

    /**
     * Waits until EMR has accepted the service role, so that the cluster is not requested again.
     *
     * @return the id of the cluster; it may fail for another reason
     */
    String awaitRole(LaunchedCluster launched) throws IOException {
        Instant visible = launched.roleVisible();
        if (visible == null) {
            return launched.id();
        }
        Optional<EmrCluster> cluster = awaiting(
                launched,
                () -> new Clusters(aws)
                        .await(launched.id(), "starts", found -> untilRoleChecked(found, visible), notices));
        return cluster.isEmpty()
                ? launched.id()
                : relaunched(launched, cluster.get()).map(LaunchedCluster::id).orElse(launched.id());
    }

    private Optional<String> untilRoleChecked(Optional<EmrCluster> cluster, Instant visible) {
        boolean isUndecided =
                cluster.filter(found -> !found.state().isStarting()).isEmpty();
        return isUndecided && aws.now().isBefore(visible)
                ? Optional.of("Waiting for EMR to check the new service role")
                : Optional.empty();
    }

    /** Empty if EMR did not refuse the role of this new cluster, or the cluster is no longer wanted. */
    private Optional<LaunchedCluster> relaunched(LaunchedCluster launched, EmrCluster cluster) throws IOException {
        if (launched.roleVisible() == null || !cluster.isServiceRoleRefused()) {
            return Optional.empty();
        }
        awaiting(launched, () -> new Clusters(aws).await(launched.id(), "terminates", this::untilEnded, notices));
        Optional<ResourceJournal> journalIfFree = clusters.journalIfFree(name);
        if (journalIfFree.isEmpty()) {
            return Optional.empty();
        }
        LaunchedCluster again;
        try (ResourceJournal journal = journalIfFree.get()) {
            if (!journal.remaining(ResourceKind.CLUSTER).containsKey(launched.creationId())) {
                return Optional.empty();
            }
            again = launched.launch().relaunch(launched, clusters.newCreationId(), journal);
        } catch (RunnerException failure) {
            throw failed(String.valueOf(failure.getMessage()), failure);
        }
        onCreated.accept(again.id());
        return Optional.of(again);
    }

    private Optional<String> untilEnded(Optional<EmrCluster> cluster) {
        return cluster.filter(found -> !found.hasEnded())
                .map(found -> "EMR did not see the new service role of cluster " + found.id()
                        + " yet: creating the cluster once more when it has ended");
    }

    private CreationException failed(String cause, Exception exception) throws IOException {
        String delete = command.action("terminate_cluster", "-c", name);
        if (keep) {
            return new CreationException(
                    cause + "\nThe created resources are kept (--keep). Delete them: " + delete, exception);
        }
        try (Termination termination = clusters.prepareTermination(null, name)) {
            DeletionOutcome outcome = termination.execute(false);
            String rest = outcome.isComplete()
                    ? "All created resources were deleted. Logs stay in the bucket. Delete it: "
                            + command.action("terminate_cluster", "-c", name, "--delete-bucket")
                    : String.join(" ", outcome.failures()) + " Delete the rest: " + delete;
            return new CreationException(cause + "\n" + rest, exception);
        } catch (RefusedException anotherCommand) {
            return new CreationException(
                    cause + "\n" + anotherCommand.getMessage() + " Delete the rest: " + delete, exception);
        }
    }

    private interface Wait<T> {
        T await();
    }

    /** When polling fails or is interrupted, the cluster still exists and costs money: the exception says so. */
    private <T> T awaiting(LaunchedCluster launched, Wait<T> wait) {
        try {
            return wait.await();
        } catch (AwsException fault) {
            String reason = Thread.currentThread().isInterrupted() ? "Interrupted. " : fault.message() + "\n";
            throw new CreationException(reason + EmrClusters.stillStarting(launched.id(), name, command), fault);
        } catch (CancellationException interrupted) {
            throw new CreationException(
                    "Interrupted. " + EmrClusters.stillStarting(launched.id(), name, command), interrupted);
        }
    }
}
