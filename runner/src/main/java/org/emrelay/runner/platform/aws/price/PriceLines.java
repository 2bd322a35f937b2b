package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text format of prices: one per line, such as {@code ec2,m5.xlarge,0.192}. */
public final class PriceLines {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,40}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,12})?");

    private PriceLines() {}

    /** Writes prices in the order of their keys. */
    public static String write(Map<PriceKey, BigDecimal> prices) {
        return new TreeMap<>(prices)
                .entrySet().stream()
                        .map(price -> price.getKey().kind().label() + ","
                                + price.getKey().name() + "," + text(price.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    /** Without trailing zeros: AWS writes ten decimals. */
    private static String text(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    /** Reads prices; empty if a line is malformed. */
    public static Optional<Map<PriceKey, BigDecimal>> read(Iterable<String> lines) {
        Map<PriceKey, BigDecimal> prices = new LinkedHashMap<>();
        for (String line : lines) {
            String[] columns = line.split(",", -1);
            PriceKey.Kind kind = columns.length == 3
                            && NAME.matcher(columns[1]).matches()
                            && AMOUNT.matcher(columns[2]).matches()
                    ? PriceKey.Kind.ofLabel(columns[0]).orElse(null)
                    : null;
            if (kind == null) {
                return Optional.empty();
            }
            prices.put(new PriceKey(kind, columns[1]), new BigDecimal(columns[2]));
        }
        return Optional.of(prices);
    }
}
