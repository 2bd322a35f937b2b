package org.emrelay.runner.platform.emr.preflight;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.Pages;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Lists the availability zones in which EC2 offers the instance types of a cluster. */
final class InstanceTypeOfferings {
    private final AwsContext aws;
    private final Cluster cluster;

    /** An instance type offered in an availability zone. */
    record Offering(String type, String zone) {}

    InstanceTypeOfferings(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** Lists all offerings of the cluster's instance types in the region. */
    Optional<Set<Offering>> list() {
        List<String> types = cluster.fleets().stream()
                .flatMap(fleet -> fleet.types().stream())
                .map(InstanceTypeConfig::type)
                .distinct()
                .toList();
        Set<Offering> offerings = new HashSet<>();
        Filter filter = Filter.builder().name("instance-type").values(types).build();
        Pages.forEach(token -> {
            DescribeInstanceTypeOfferingsResponse page = aws.callBriefly(
                    "describe the instance type offerings",
                    () -> aws.ec2()
                            .describeInstanceTypeOfferings(
                                    request -> request.locationType(LocationType.AVAILABILITY_ZONE)
                                            .filters(filter)
                                            .nextToken(token)));
            page.instanceTypeOfferings()
                    .forEach(offering ->
                            offerings.add(new Offering(offering.instanceTypeAsString(), offering.location())));
            return page.nextToken();
        });
        return Optional.of(offerings);
    }
}
