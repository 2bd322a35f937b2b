package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.Termination;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;

/** Takes a cluster on EMR down with all that was made for it, and tells what is gone and what stays. */
final class EmrTermination {
    private final CliContext world;
    private final CommonOptions common;
    private final boolean yes;
    private final boolean force;
    private final boolean withBucket;

    EmrTermination(CliContext world, CommonOptions common, boolean yes, boolean force, boolean withBucket) {
        this.world = world;
        this.common = common;
        this.yes = yes;
        this.force = force;
        this.withBucket = withBucket;
    }

    ExitCode carryOut(ClusterChoice choice, AwsOptions aws) throws IOException {
        String name = choice.id == null && choice.name == null
                ? TargetResolver.onlyOne(EmrAccess.identity(world, common))
                : choice.name;
        try (EmrClusters clusters = EmrAccess.clusters(world, common, aws);
                Termination termination = clusters.find(choice.id, name)) {
            refuseProtected(termination);
            ExistingResources remains = termination.remains();
            boolean bucketGoes = withBucket && remains.bucket();
            if (!remains.isNothing() || bucketGoes) {
                String bucket = bucketGoes ? " and the bucket " + remains.bucketName() + " with all results in it" : "";
                Confirmation.of(world, yes)
                        .require("Remove " + remains.words() + bucket + " of '" + termination.name() + "'?");
            }
            ResourceDeletion.Outcome outcome = termination.carryOut(withBucket);
            tell(termination, outcome);
            return outcome.isWhole() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
        }
    }

    private void refuseProtected(Termination termination) {
        List<String> guarded = termination.protectedClusters();
        if (!guarded.isEmpty() && !force) {
            throw CommandFailure.refused("The cluster " + String.join(", ", guarded)
                    + " is protected against being ended. End it all the same with --force.");
        }
    }

    private void tell(Termination termination, ResourceDeletion.Outcome outcome) {
        if (common.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("name", termination.name());
            document.put("removed", outcome.removed());
            document.put("kept", outcome.kept());
            document.put("failed", outcome.failures());
            world.out().print(JsonWriter.pretty(document));
        } else {
            if (outcome.removed().isEmpty()) {
                world.out().println("Nothing of '" + termination.name() + "' was there any more.");
            }
            outcome.removed().forEach(what -> world.out().println("removed " + what));
            outcome.kept().forEach(what -> world.out().println("kept    " + what));
        }
        outcome.failures().forEach(sentence -> world.err().println(sentence));
        if (!outcome.isWhole()) {
            world.err().println("Not everything is gone: say the same command again.");
        }
    }
}
