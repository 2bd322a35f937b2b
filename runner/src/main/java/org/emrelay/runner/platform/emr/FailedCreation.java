package org.emrelay.runner.platform.emr;

import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.NotOwnedException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.emr.blueprint.ClusterResources;
import org.emrelay.runner.platform.emr.provision.CreationException;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.platform.emr.provision.ResourceDiscovery;

/** Takes back what a creation made before it failed, and says in one message why it failed and what became of that. */
final class FailedCreation {
    private final AwsContext aws;
    private final ClusterResources blueprint;
    private final ResourceJournal ledger;
    private final Consumer<String> say;

    FailedCreation(AwsContext aws, ClusterResources blueprint, ResourceJournal ledger, Consumer<String> say) {
        this.aws = aws;
        this.blueprint = blueprint;
        this.ledger = ledger;
        this.say = say;
    }

    /** @param keep whether what was made is to stay, so that somebody can look at it */
    CreationException takenBack(RuntimeException failure, boolean keep, boolean bucketWasThere) {
        ResourceNames names = blueprint.names();
        boolean isPlain = failure instanceof AwsException
                || failure instanceof NotOwnedException
                || failure instanceof RefusedException;
        String said = isPlain ? String.valueOf(failure.getMessage()) : failure.toString();
        String goOn = "-a terminate_cluster -c " + names.cluster();
        if (keep) {
            return new CreationException(
                    said + "\nWhat was made stays (--keep). Remove it with " + goOn + ".", failure);
        }
        say.accept("The creation failed: taking back what was made");
        try {
            ExistingResources remains = new ResourceDiscovery(aws, names, blueprint.ownership(), ledger, say).find();
            ResourceDeletion.Outcome outcome =
                    new ResourceDeletion(aws, names, ledger, say).remove(remains, !bucketWasThere);
            String rest = outcome.isWhole()
                    ? "Nothing of it is left."
                    : "Not all could be taken back: " + String.join(" ", outcome.failures()) + " Remove the rest with "
                            + goOn + ".";
            return new CreationException(said + "\n" + rest, failure);
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
            return new CreationException(
                    said + "\nWhat was made could not be taken back: " + another.getMessage() + " Remove it with "
                            + goOn + ".",
                    failure);
        }
    }
}
