package org.emrelay.runner.platform.emr.look;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.price.Dollars;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.InstanceType;

/** What spot machines cost at some time: of a type from the price of its cheapest zone to that of its dearest. */
public final class SpotPrices {
    private final Aws aws;

    public SpotPrices(Aws aws) {
        this.aws = aws;
    }

    /**
     * Prices of these types, as far as EC2 remembers any.
     *
     * @param zone null for all of the region
     */
    public Map<String, Dollars> look(Collection<String> names, @Nullable String zone, Instant at) {
        List<InstanceType> types = names.stream()
                .distinct()
                .sorted()
                .map(InstanceType::fromValue)
                .filter(type -> type != InstanceType.UNKNOWN_TO_SDK_VERSION)
                .toList();
        Map<String, Dollars> prices = new HashMap<>();
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
                            price.instanceTypeAsString(), Dollars.of(new BigDecimal(price.spotPrice())), Dollars::or));
            token = page.nextToken() == null || page.nextToken().isEmpty() ? null : page.nextToken();
        }
        return prices;
    }
}
