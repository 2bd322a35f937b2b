package org.emrelay.runner.platform.aws.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The bundled, dated on-demand and EMR prices of one region. */
public final class PriceTable {
    /** Used when no region is configured. */
    public static final String DEFAULT_REGION = "us-east-1";

    private final String region;
    private final String date;
    private final Map<String, Price> prices;

    /**
     * The price of one instance per hour, in US dollars.
     *
     * @param emr the EMR surcharge, the same for spot and on-demand instances
     */
    public record Price(BigDecimal onDemand, BigDecimal emr) {
        public Price {
            Objects.requireNonNull(onDemand, "onDemand");
            Objects.requireNonNull(emr, "emr");
        }

        BigDecimal total() {
            return onDemand.add(emr);
        }
    }

    private PriceTable(String region, String date, Map<String, Price> prices) {
        this.region = region;
        this.date = date;
        this.prices = prices;
    }

    /** The price table of a region; empty when none is bundled. */
    public static PriceTable of(String region) {
        try (InputStream file = PriceTable.class.getResourceAsStream(region + ".csv")) {
            return file == null
                    ? new PriceTable(region, "", Map.of())
                    : read(region, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read a bundled price table", exception);
        }
    }

    private static PriceTable read(String region, String text) {
        List<String> lines = new ArrayList<>(text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList());
        String date = lines.remove(0);
        Map<String, Price> prices = new LinkedHashMap<>();
        for (String line : lines) {
            String[] columns = line.split(",", -1);
            prices.put(columns[0], new Price(new BigDecimal(columns[1]), new BigDecimal(columns[2])));
        }
        return new PriceTable(region, date, prices);
    }

    /**
     * Looks up the price of an instance type.
     *
     * @param type such as {@code m5.xlarge}
     */
    public Optional<Price> price(String type) {
        return Optional.ofNullable(prices.get(type));
    }

    public String region() {
        return region;
    }

    /** The month of the prices, such as {@code 2026-11}; empty when the table is. */
    public String date() {
        return date;
    }
}
