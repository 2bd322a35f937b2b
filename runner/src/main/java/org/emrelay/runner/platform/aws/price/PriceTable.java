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

/** What machines cost in one region, as far as the table inside this program knows; it is dated, for prices change. */
public final class PriceTable {
    /** The region that is assumed where none is said. */
    public static final String USUAL_REGION = "us-east-1";

    private final String region;
    private final String date;
    private final Map<String, Price> prices;

    /**
     * Of one machine an hour, in US dollars.
     *
     * @param emr EMR's own part, which is the same for a spot machine
     */
    public record Price(BigDecimal onDemand, BigDecimal emr) {
        public Price {
            Objects.requireNonNull(onDemand, "onDemand");
            Objects.requireNonNull(emr, "emr");
        }

        BigDecimal whole() {
            return onDemand.add(emr);
        }
    }

    private PriceTable(String region, String date, Map<String, Price> prices) {
        this.region = region;
        this.date = date;
        this.prices = prices;
    }

    /** The table of a region; one that knows no price where there is none. */
    public static PriceTable of(String region) {
        try (InputStream file = PriceTable.class.getResourceAsStream(region + ".csv")) {
            return file == null
                    ? new PriceTable(region, "", Map.of())
                    : read(region, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException("a table inside this program", exception);
        }
    }

    private static PriceTable read(String region, String text) {
        List<String> lines = new ArrayList<>(text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList());
        String date = lines.remove(0);
        Map<String, Price> prices = new LinkedHashMap<>();
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            prices.put(cells[0], new Price(new BigDecimal(cells[1]), new BigDecimal(cells[2])));
        }
        return new PriceTable(region, date, prices);
    }

    /** Of a type of machine, such as {@code m5.xlarge}. */
    public Optional<Price> price(String type) {
        return Optional.ofNullable(prices.get(type));
    }

    public String region() {
        return region;
    }

    /** The month of the prices; empty when there are none. */
    public String date() {
        return date;
    }
}
