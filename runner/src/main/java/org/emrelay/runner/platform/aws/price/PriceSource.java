package org.emrelay.runner.platform.aws.price;

import java.util.Collection;

/** Where the prices of a region come from. */
@FunctionalInterface
public interface PriceSource {
    /**
     * Returns prices of at least these instance types, as far as known, and of EBS. Never fails, and is asked only where a
     * cost is shown.
     */
    PriceTable prices(Collection<String> instanceTypes);

    /** The bundled prices of a region. */
    static PriceSource bundled(String region) {
        return instanceTypes -> PriceTable.bundled(region);
    }
}
