package org.emrelay.runner.platform.aws.ec2;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** What spot machines cost at some time: of a type from the price of its cheapest zone to that of its dearest. */
public final class SpotPrices {
    private final AwsContext aws;

    public SpotPrices(AwsContext aws) {
        this.aws = aws;
    }

    /**
     * Prices of these types, as far as EC2 remembers any.
     *
     * @param zone null for all of the region
     */
    public Map<String, PriceRange> look(Collection<String> names, @Nullable String zone, Instant at) {
        List<InstanceType> types = names.stream()
                .distinct()
                .sorted()
                .map(InstanceType::fromValue)
                .filter(type -> type != InstanceType.UNKNOWN_TO_SDK_VERSION)
                .toList();
        Map<String, PriceRange> prices = new HashMap<>();
        String token = types.isEmpty() ? null : "";
        while (token != null) {
            DescribeSpotPriceHistoryRequest request = DescribeSpotPriceHistoryRequest.builder()
                    .instanceTypes(types)
                    .productDescriptions("Linux/UNIX")
                    .availabilityZone(zone)
                    .startTime(at)
                    .endTime(at)
                    .nextToken(token.isEmpty() ? null : token)
                    .build();
            DescribeSpotPriceHistoryResponse page = aws.patience()
                    .askBriefly(
                            "look at the spot prices", () -> aws.clients().ec2().describeSpotPriceHistory(request));
            page.spotPriceHistory()
                    .forEach(price -> prices.merge(
                            price.instanceTypeAsString(),
                            PriceRange.of(new BigDecimal(price.spotPrice())),
                            PriceRange::or));
            token = page.nextToken() == null || page.nextToken().isEmpty() ? null : page.nextToken();
        }
        return prices;
    }
}
