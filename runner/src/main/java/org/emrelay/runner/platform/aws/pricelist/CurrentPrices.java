package org.emrelay.runner.platform.aws.pricelist;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.price.PriceKey;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.aws.price.PriceTable.Source;
import org.emrelay.runner.platform.aws.pricelist.PriceCache.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a region as the Price List API last answered. It is asked again after 30 days, and for instance types that it
 * was not asked for; after a failure not again.
 */
final class CurrentPrices {
    private final String region;
    private final PriceList list;
    private final Optional<PriceCache> cache;
    private final Clock clock;
    private final Consumer<Exception> onFailure;
    private @Nullable Entry known;
    private boolean hasFailed;

    /** Asks for prices. */
    @FunctionalInterface
    interface PriceList {
        /** The prices of these instance types, as far as they exist, and of EBS. */
        Map<PriceKey, BigDecimal> get(Collection<String> instanceTypes) throws IOException;
    }

    CurrentPrices(
            String region, PriceList list, Optional<PriceCache> cache, Clock clock, Consumer<Exception> onFailure) {
        this.region = region;
        this.list = list;
        this.cache = cache;
        this.clock = clock;
        this.onFailure = onFailure;
    }

    PriceTable of(Collection<String> instanceTypes) {
        Instant now = clock.instant();
        if (known == null) {
            known = cache.flatMap(file -> file.find(region, now)).orElse(null);
        }
        Set<String> missing = new TreeSet<>(instanceTypes);
        missing.removeAll(known == null ? Set.of() : known.asked());
        if (!hasFailed && (known == null || !missing.isEmpty())) {
            update(missing, now);
        }
        Entry entry = known;
        return entry == null
                ? PriceTable.bundled(region)
                : new PriceTable(
                        region,
                        Source.PRICE_LIST_API,
                        entry.fetched().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                        entry.prices());
    }

    private void update(Set<String> missing, Instant now) {
        try {
            Entry updated = merge(known, missing, list.get(missing), now);
            known = updated;
            cache.ifPresent(file -> file.put(region, updated));
        } catch (IOException | AwsException failure) {
            hasFailed = true;
            onFailure.accept(failure);
        }
    }

    /** What is known keeps its age, so that no price gets older than 30 days. */
    private static Entry merge(@Nullable Entry old, Set<String> asked, Map<PriceKey, BigDecimal> prices, Instant now) {
        if (old == null) {
            return new Entry(now, asked, prices);
        }
        Set<String> allAsked = new TreeSet<>(old.asked());
        allAsked.addAll(asked);
        Map<PriceKey, BigDecimal> allPrices = new LinkedHashMap<>(old.prices());
        allPrices.putAll(prices);
        return new Entry(old.fetched(), allAsked, allPrices);
    }
}
