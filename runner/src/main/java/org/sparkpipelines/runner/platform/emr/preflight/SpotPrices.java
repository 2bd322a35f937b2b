package org.sparkpipelines.runner.platform.emr.preflight;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkpipelines.runner.model.Cluster;
import org.sparkpipelines.runner.model.FleetInstance;
import org.sparkpipelines.runner.platform.emr.access.Aws;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** What spot machines of a cluster's types cost now: of a type the price of its cheapest zone. */
public final class SpotPrices {
    private final Aws aws;

    public SpotPrices(Aws aws) {
        this.aws = aws;
    }

    /** Prices of the types that some fleet wants as spot machines. */
    public Map<String, BigDecimal> look(Cluster cluster) {
        List<InstanceType> types = cluster.fleets().stream()
                .filter(fleet -> fleet.spotCapacity() > 0)
                .flatMap(fleet -> fleet.types().stream())
                .map(FleetInstance::type)
                .distinct()
                .map(InstanceType::fromValue)
                .filter(type -> type != InstanceType.UNKNOWN_TO_SDK_VERSION)
                .toList();
        Map<String, BigDecimal> prices = new HashMap<>();
        Instant now = aws.patience().clock().instant();
        String token = types.isEmpty() ? null : "";
        while (token != null) {
            DescribeSpotPriceHistoryRequest request = DescribeSpotPriceHistoryRequest.builder()
                    .instanceTypes(types)
                    .productDescriptions("Linux/UNIX")
                    .startTime(now)
                    .endTime(now)
                    .nextToken(token.isEmpty() ? null : token)
                    .build();
            DescribeSpotPriceHistoryResponse page = aws.patience()
                    .askBriefly(
                            "look at the spot prices", () -> aws.clients().ec2().describeSpotPriceHistory(request));
            page.spotPriceHistory()
                    .forEach(price -> prices.merge(
                            price.instanceTypeAsString(), new BigDecimal(price.spotPrice()), BigDecimal::min));
            token = page.nextToken() == null || page.nextToken().isEmpty() ? null : page.nextToken();
        }
        return prices;
    }
}
