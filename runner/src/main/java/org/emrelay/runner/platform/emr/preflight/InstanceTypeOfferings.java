package org.emrelay.runner.platform.emr.preflight;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.platform.aws.client.AwsContext;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Which of a cluster's types of machine EC2 offers, and in which zones. */
final class InstanceTypeOfferings {
    private final AwsContext aws;
    private final Cluster cluster;

    /** One type in one zone. */
    record Offer(String type, String zone) {}

    InstanceTypeOfferings(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** All offers of the cluster's types in the region. */
    Optional<Set<Offer>> look() {
        List<String> types = cluster.fleets().stream()
                .flatMap(fleet -> fleet.types().stream())
                .map(InstanceTypeConfig::type)
                .distinct()
                .toList();
        Set<Offer> offers = new HashSet<>();
        String token = null;
        do {
            DescribeInstanceTypeOfferingsRequest request = DescribeInstanceTypeOfferingsRequest.builder()
                    .locationType(LocationType.AVAILABILITY_ZONE)
                    .filters(
                            Filter.builder().name("instance-type").values(types).build())
                    .nextToken(token)
                    .build();
            DescribeInstanceTypeOfferingsResponse page = aws.patience()
                    .askBriefly(
                            "look at which machines are offered",
                            () -> aws.clients().ec2().describeInstanceTypeOfferings(request));
            page.instanceTypeOfferings()
                    .forEach(offer -> offers.add(new Offer(offer.instanceTypeAsString(), offer.location())));
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return Optional.of(offers);
    }
}
