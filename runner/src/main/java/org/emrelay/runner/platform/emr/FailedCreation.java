package org.emrelay.runner.platform.emr;

import java.util.function.Consumer;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.access.EmrRefusal;
import org.emrelay.runner.platform.emr.access.ForeignException;
import org.emrelay.runner.platform.emr.blueprint.Blueprint;
import org.emrelay.runner.platform.emr.blueprint.Names;
import org.emrelay.runner.platform.emr.ledger.Ledger;
import org.emrelay.runner.platform.emr.provision.CreationException;
import org.emrelay.runner.platform.emr.provision.Remains;
import org.emrelay.runner.platform.emr.provision.Removal;
import org.emrelay.runner.platform.emr.provision.Search;

/** Takes back what a creation made before it failed, and says in one message why it failed and what became of that. */
final class FailedCreation {
    private final Aws aws;
    private final Blueprint blueprint;
    private final Ledger ledger;
    private final Consumer<String> say;

    FailedCreation(Aws aws, Blueprint blueprint, Ledger ledger, Consumer<String> say) {
        this.aws = aws;
        this.blueprint = blueprint;
        this.ledger = ledger;
        this.say = say;
    }

    /** @param keep whether what was made is to stay, so that somebody can look at it */
    CreationException takenBack(RuntimeException failure, boolean keep, boolean bucketWasThere) {
        Names names = blueprint.names();
        boolean isPlain =
                failure instanceof AwsFault || failure instanceof ForeignException || failure instanceof EmrRefusal;
        String said = isPlain ? String.valueOf(failure.getMessage()) : failure.toString();
        String goOn = "-a terminate_cluster -c " + names.cluster();
        if (keep) {
            return new CreationException(
                    said + "\nWhat was made stays (--keep). Remove it with " + goOn + ".", failure);
        }
        say.accept("The creation failed: taking back what was made");
        try {
            Remains remains = new Search(aws, names, blueprint.ownership(), ledger, say).find();
            Removal.Outcome outcome = new Removal(aws, names, ledger, say).remove(remains, !bucketWasThere);
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
