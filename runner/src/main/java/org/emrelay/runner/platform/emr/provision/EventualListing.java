package org.emrelay.runner.platform.emr.provision;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;

/** Polls ListClusters, which is eventually consistent, for a cluster that may have been requested. */
final class EventualListing {
    private static final Duration LISTING_BUDGET = Duration.ofSeconds(90);

    private final AwsContext aws;
    private final ResourceJournal journal;
    private final Notices notices;

    EventualListing(AwsContext aws, ResourceJournal journal, Notices notices) {
        this.aws = aws;
        this.journal = journal;
        this.notices = notices;
    }

    /**
     * Whether a cluster may exist that is not listed yet: the journal has an open request, or the journal is lost and other
     * resources of the cluster exist.
     *
     * @param otherResourcesExist whether any resource was found that is created before the cluster
     */
    boolean mayBeIncomplete(boolean otherResourcesExist) {
        boolean requested = journal.remaining(ResourceKind.CLUSTER).containsValue("");
        return requested || (journal.isEmpty() && otherResourcesExist);
    }

    /** Repeats the lookup until it finds something or the listing must be complete. */
    <T> Optional<T> poll(Supplier<Optional<T>> lookup) {
        notices.notice("A cluster may have been requested: waiting for EMR to list it");
        return aws.retry().poll(4, LISTING_BUDGET, lookup);
    }
}
