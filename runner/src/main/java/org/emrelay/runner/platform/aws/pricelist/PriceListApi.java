package org.emrelay.runner.platform.aws.pricelist;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.price.PriceKey;
import org.emrelay.runner.platform.aws.price.PriceListReader;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;

/** Gets prices from AWS's Price List API. Each call is made once: prices must not delay a command. */
record PriceListApi(PricingClient client, String region) implements CurrentPrices.PriceList {
    private static final String OPERATION = "get the current prices";

    @Override
    public Map<PriceKey, BigDecimal> get(Collection<String> instanceTypes) throws IOException {
        List<Task<List<String>>> lists = new ArrayList<>();
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            if (!instanceTypes.isEmpty()) {
                Filter types =
                        filter(FilterType.ANY_OF, "instanceType", String.join(",", new TreeSet<>(instanceTypes)));
                lists.add(tasks.start(() -> products(
                        "AmazonEC2",
                        types,
                        equal("operatingSystem", "Linux"),
                        equal("tenancy", "Shared"),
                        equal("preInstalledSw", "NA"),
                        equal("capacitystatus", "Used"))));
                lists.add(tasks.start(() -> products("ElasticMapReduce", types, equal("softwareType", "EMR"))));
            }
            for (String family : List.of("Storage", "System Operation", "Provisioned Throughput")) {
                lists.add(tasks.start(() -> products("AmazonEC2", equal("productFamily", family))));
            }
            Map<PriceKey, BigDecimal> prices = new LinkedHashMap<>();
            for (Task<List<String>> list : lists) {
                PriceListReader reader = new PriceListReader();
                for (String product : list.get()) {
                    reader.read(new StringReader(product));
                }
                prices.putAll(reader.prices());
            }
            if (prices.keySet().stream().noneMatch(key -> key.kind() == PriceKey.Kind.EBS_STORAGE)) {
                throw new IOException("The Price List API has no prices of " + region + ".");
            }
            return prices;
        }
    }

    private List<String> products(String service, Filter... filters) {
        List<Filter> all = new ArrayList<>(List.of(filters));
        all.add(equal("regionCode", region));
        return AwsContext.pages(
                        client.getProductsPaginator(
                                request -> request.serviceCode(service).filters(all)),
                        page -> AwsRetry.callOnce(OPERATION, page))
                .flatMap(page -> page.priceList().stream())
                .toList();
    }

    private static Filter equal(String field, String value) {
        return filter(FilterType.TERM_MATCH, field, value);
    }

    private static Filter filter(FilterType type, String field, String value) {
        return Filter.builder().type(type).field(field).value(value).build();
    }
}
