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
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.paginators.DescribeSpotPriceHistoryIterable;

/** Fetches spot prices by instance type, from the cheapest availability zone to the most expensive. */
public record SpotPrices(AwsContext aws) {
    /**
     * The prices of these instance types at a time. Types without a price history are missing.
     *
     * @param zone the availability zone; null for the whole region
     */
    public Map<String, PriceRange> describe(Collection<String> typeNames, @Nullable String zone, Instant time) {
        List<InstanceType> types = typeNames.stream()
                .distinct()
                .sorted()
                .map(InstanceType::fromValue)
                .filter(type -> type != InstanceType.UNKNOWN_TO_SDK_VERSION)
                .toList();
        Map<String, PriceRange> prices = new HashMap<>();
        if (types.isEmpty()) {
            return prices;
        }
        DescribeSpotPriceHistoryIterable history = aws.ec2()
                .describeSpotPriceHistoryPaginator(request -> request.instanceTypes(types)
                        .productDescriptions("Linux/UNIX")
                        .availabilityZone(zone)
                        .startTime(time)
                        .endTime(time));
        AwsContext.pages(history, page -> aws.callBriefly("describe the spot price history", page))
                .flatMap(page -> page.spotPriceHistory().stream())
                .forEach(price -> prices.merge(
                        price.instanceTypeAsString(),
                        PriceRange.of(new BigDecimal(price.spotPrice())),
                        PriceRange::union));
        return prices;
    }
}
