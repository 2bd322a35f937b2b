package org.emrelay.runner.platform.emr.provision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;

/** Bears that EMR lists a new cluster a moment after it has taken it on: where one may have been asked for, one looks for a while. */
final class EventualListing {
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(90);

    private final AwsContext aws;
    private final ResourceJournal ledger;
    private final Consumer<String> say;

    EventualListing(AwsContext aws, ResourceJournal ledger, Consumer<String> say) {
        this.aws = aws;
        this.ledger = ledger;
        this.say = say;
    }

    /**
     * Whether there may be a cluster that is not listed yet: the ledger says so, or it is lost and something else of the cluster is there.
     *
     * @param somethingIsThere whether anything was found that is made before a cluster is asked for
     */
    boolean mayLack(boolean somethingIsThere) {
        boolean askedFor = ledger.open(ResourceKind.CLUSTER).containsValue("");
        return askedFor || (ledger.isEmpty() && somethingIsThere);
    }

    /** Looks until something is found, or the list would show it. */
    <T> Optional<T> look(Supplier<Optional<T>> looking) {
        say.accept("A cluster may have been asked for: waiting until EMR's list would show it");
        Instant begun = aws.patience().clock().instant();
        for (int attempt = 4; aws.patience().pause(attempt, begun, LISTED_WITHIN); attempt++) {
            Optional<T> found = looking.get();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
