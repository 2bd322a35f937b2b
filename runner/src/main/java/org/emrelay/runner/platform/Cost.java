package org.emrelay.runner.platform;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What a cluster has cost so far, in US dollars.
 *
 * @param min less than {@code max} if the instance types are not known
 * @param unpriced the instance types without a known price, sorted; they are not included
 * @param countsInstances whether it is calculated from instances, not from fleet units
 */
public record Cost(BigDecimal min, BigDecimal max, List<String> unpriced, boolean countsInstances) {
    public Cost {
        Objects.requireNonNull(min, "min");
        Objects.requireNonNull(max, "max");
        unpriced = List.copyOf(unpriced);
    }
}
