package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.platform.Cost;

/**
 * A price that depends on which instance types EMR provisions.
 *
 * @param unknownTypes the possible instance types, and types of EBS volumes, without a known price; the true range may
 *     be wider
 */
public record PriceRange(BigDecimal min, BigDecimal max, Set<String> unknownTypes) {
    public static final PriceRange ZERO = new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, Set.of());

    public PriceRange {
        Objects.requireNonNull(min, "min");
        Objects.requireNonNull(max, "max");
        unknownTypes = Set.copyOf(unknownTypes);
    }

    public static PriceRange of(BigDecimal amount) {
        return new PriceRange(amount, amount, Set.of());
    }

    static PriceRange ofUnknown(String type) {
        return new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, Set.of(type));
    }

    /** The smallest range that contains both. */
    public PriceRange union(PriceRange other) {
        Set<String> union = new TreeSet<>(unknownTypes);
        union.addAll(other.unknownTypes);
        return new PriceRange(min.min(other.min), max.max(other.max), union);
    }

    PriceRange plus(PriceRange other) {
        Set<String> union = new TreeSet<>(unknownTypes);
        union.addAll(other.unknownTypes);
        return new PriceRange(min.add(other.min), max.add(other.max), union);
    }

    public PriceRange times(BigDecimal factor) {
        return new PriceRange(min.multiply(factor), max.multiply(factor), unknownTypes);
    }

    /**
     * Converts it to what the journal keeps.
     *
     * @param countsInstances whether it is the price of instances, not of fleet units
     */
    public Cost toCost(boolean countsInstances) {
        return new Cost(min, max, unknownTypes.stream().sorted().toList(), countsInstances);
    }

    /** {@code $1.20}, {@code $1.20 to $2.40}. */
    public String text() {
        String minText = format(this.min);
        String maxText = format(this.max);
        return minText.equals(maxText) ? minText : minText + " to " + maxText;
    }

    public static String format(BigDecimal amount) {
        return "$" + amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    /** What has no known price, sorted. */
    public String unknownTypesText() {
        return String.join(", ", new TreeSet<>(unknownTypes));
    }
}
