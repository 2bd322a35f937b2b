package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A price that depends on which machines EMR gets.
 *
 * @param unknown the types that may be taken and whose price nobody here knows: the true bounds may lie beyond
 */
public record PriceRange(BigDecimal least, BigDecimal most, Set<String> unknown) {
    public static final PriceRange NONE = new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, Set.of());

    public PriceRange {
        Objects.requireNonNull(least, "least");
        Objects.requireNonNull(most, "most");
        unknown = Set.copyOf(unknown);
    }

    /** One price. */
    public static PriceRange of(BigDecimal amount) {
        return new PriceRange(amount, amount, Set.of());
    }

    static PriceRange unknown(String type) {
        return new PriceRange(BigDecimal.ZERO, BigDecimal.ZERO, Set.of(type));
    }

    /** From the lesser of both to the greater. */
    public PriceRange or(PriceRange other) {
        Set<String> both = new TreeSet<>(unknown);
        both.addAll(other.unknown);
        return new PriceRange(least.min(other.least), most.max(other.most), both);
    }

    PriceRange plus(PriceRange other) {
        Set<String> both = new TreeSet<>(unknown);
        both.addAll(other.unknown);
        return new PriceRange(least.add(other.least), most.add(other.most), both);
    }

    public PriceRange times(BigDecimal factor) {
        return new PriceRange(least.multiply(factor), most.multiply(factor), unknown);
    }

    /** {@code $1.20}, {@code $1.20 to $2.40}. */
    public String text() {
        String least = shown(this.least);
        String most = shown(this.most);
        return least.equals(most) ? least : least + " to " + most;
    }

    public static String shown(BigDecimal amount) {
        return "$" + amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    /** The types whose price is unknown, in one order. */
    public String unknownTypes() {
        return String.join(", ", new TreeSet<>(unknown));
    }
}
