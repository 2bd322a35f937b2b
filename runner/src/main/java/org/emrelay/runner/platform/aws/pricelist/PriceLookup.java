package org.emrelay.runner.platform.aws.pricelist;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.price.PriceSource;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.file.CacheDirectory;
import org.jspecify.annotations.Nullable;

/** Prices from the Price List API, or from the bundled table if it must not be asked or does not answer. */
public final class PriceLookup implements PriceSource, AutoCloseable {
    private final Supplier<AwsContext> factory;
    private final Notices notices;
    private @Nullable AwsContext aws;
    private @Nullable PriceSource source;

    /** @param factory creates the AWS clients, when the first price is needed */
    public PriceLookup(Supplier<AwsContext> factory, Notices notices) {
        this.factory = factory;
        this.notices = notices;
    }

    @Override
    public synchronized PriceTable prices(Collection<String> instanceTypes) {
        PriceSource opened = source;
        if (opened == null) {
            AwsContext context = factory.get();
            aws = context;
            opened = open(context);
            source = opened;
        }
        return opened.prices(instanceTypes);
    }

    private PriceSource open(AwsContext context) {
        AwsClients clients = context.clients();
        String region = clients.region();
        return clients.pricing()
                .<PriceSource>map(client -> new CurrentPrices(
                        region,
                        new PriceListApi(client, region),
                        cache(clients),
                        context.retry().clock(),
                        failure -> report(failure, clients))::of)
                .orElseGet(() -> PriceSource.bundled(region));
    }

    /** What a stand-in for AWS answers is of no use to other commands. */
    private static Optional<PriceCache> cache(AwsClients clients) {
        return clients.hasPricingEndpoint()
                ? Optional.empty()
                : CacheDirectory.of(clients.settings().environment()).map(PriceCache::new);
    }

    /** That a stand-in has no prices is not worth a notice. */
    private void report(Exception failure, AwsClients clients) {
        boolean isDenied = failure instanceof AwsException fault && fault.is(Kind.ACCESS_DENIED);
        if (isDenied || !clients.hasPricingEndpoint()) {
            PriceTable bundled = PriceTable.bundled(clients.region());
            notices.notice("Current prices are unknown: using "
                    + (bundled.source() == PriceTable.Source.NONE ? "none" : bundled.description()) + ". "
                    + failure.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        if (aws != null) {
            aws.clients().close();
        }
    }
}
