package org.emrelay.runner.platform.emr.preflight;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries.Offering;
import software.amazon.awssdk.services.emr.model.SupportedInstanceType;
import software.amazon.awssdk.services.emr.paginators.ListSupportedInstanceTypesIterable;

/** Checks each instance type of the fleets: RunJobFlow refuses a cluster that names one it cannot launch. */
record InstanceTypeCheck(AwsContext aws, Cluster cluster, Consumer<String> errors) {
    /**
     * Reports the types that no zone of the region offers.
     *
     * @param offerings those of the cluster's types in all zones
     */
    void checkRegion(Set<Offering> offerings) {
        Set<String> offered = offerings.stream().map(Offering::type).collect(Collectors.toSet());
        report(
                offered,
                type -> "EC2 offers " + type + " in no zone of " + aws.clients().region()
                        + ", and EMR refuses a cluster that names it.");
    }

    /** Reports the types that the EMR release does not support. */
    void checkRelease() {
        String release = cluster.software().release().label();
        ListSupportedInstanceTypesIterable pages =
                aws.emr().listSupportedInstanceTypesPaginator(request -> request.releaseLabel(release));
        Set<String> supported = AwsContext.pages(
                        pages, page -> aws.callBriefly("list the instance types of " + release, page))
                .flatMap(page -> page.supportedInstanceTypes().stream())
                .map(SupportedInstanceType::type)
                .collect(Collectors.toSet());
        report(supported, type -> "EMR release " + release + " does not support " + type + ".");
    }

    private void report(Set<String> usable, UnaryOperator<String> problem) {
        cluster.instanceTypes().stream()
                .distinct()
                .filter(type -> !usable.contains(type))
                .forEach(type -> errors.accept("InstanceFleets: " + problem.apply(type) + " Remove it."));
    }
}
