package org.emrelay.runner.platform.aws.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.platform.aws.price.PriceKey.Kind;

/** The dated prices of one region: EC2 on demand, EMR and EBS. */
public final class PriceTable {
    /** Used when no region is configured. */
    public static final String DEFAULT_REGION = "us-east-1";

    /** EMR's documentation divides the monthly charges of EBS by 30 days of 24 hours. */
    private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(720);

    private static final int GP3_FREE_IOPS = 3_000;
    private static final int GP3_FREE_THROUGHPUT = 125;

    private final String region;
    private final Source source;
    private final String date;
    private final Map<PriceKey, BigDecimal> prices;

    /** Where prices come from. */
    public enum Source {
        BUNDLED("bundled prices"),
        PRICE_LIST_API("AWS Price List API"),
        /** There is no price. */
        NONE("");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** Its name in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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

    /** @param date such as {@code 2026-11} or {@code 2026-11-30} */
    public PriceTable(String region, Source source, String date, Map<PriceKey, BigDecimal> prices) {
        this.region = Objects.requireNonNull(region, "region");
        this.source = Objects.requireNonNull(source, "source");
        this.date = Objects.requireNonNull(date, "date");
        this.prices = Map.copyOf(prices);
    }

    /** The bundled price table of a region; without prices when none is bundled. */
    public static PriceTable bundled(String region) {
        try (InputStream file = PriceTable.class.getResourceAsStream(region + ".csv")) {
            return file == null
                    ? new PriceTable(region, Source.NONE, "", Map.of())
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
        return new PriceTable(
                region, Source.BUNDLED, date, PriceLines.read(lines).orElseThrow());
    }

    /**
     * Looks up the price of an instance type. Both parts must be known.
     *
     * @param type such as {@code m5.xlarge}
     */
    public Optional<Price> price(String type) {
        return find(Kind.EC2, type).flatMap(onDemand -> find(Kind.EMR, type).map(emr -> new Price(onDemand, emr)));
    }

    /** The price per hour of the volumes of one specification on one instance; empty if any part of it is unknown. */
    Optional<BigDecimal> price(Volume volume) {
        return find(Kind.EBS_STORAGE, volume.type())
                .map(price -> price.multiply(BigDecimal.valueOf(volume.gibibytes())))
                .flatMap(price -> plus(price, Kind.EBS_IOPS, volume, paidIops(volume)))
                .flatMap(price -> plus(price, Kind.EBS_THROUGHPUT, volume, paidThroughput(volume)))
                .map(price -> price.multiply(BigDecimal.valueOf(volume.perInstance()))
                        .divide(HOURS_PER_MONTH, MathContext.DECIMAL64));
    }

    private Optional<BigDecimal> plus(BigDecimal price, Kind kind, Volume volume, int units) {
        return units == 0
                ? Optional.of(price)
                : find(kind, volume.type()).map(each -> price.add(each.multiply(BigDecimal.valueOf(units))));
    }

    private static int paidIops(Volume volume) {
        Integer iops = volume.iops();
        if (iops == null) {
            return 0;
        }
        return switch (volume.type()) {
            case "gp3" -> Math.max(0, iops - GP3_FREE_IOPS);
            case "io1", "io2" -> iops;
            default -> 0;
        };
    }

    private static int paidThroughput(Volume volume) {
        Integer throughput = volume.throughputMibPerSecond();
        return throughput == null || !volume.type().equals("gp3") ? 0 : Math.max(0, throughput - GP3_FREE_THROUGHPUT);
    }

    private Optional<BigDecimal> find(Kind kind, String name) {
        return Optional.ofNullable(prices.get(new PriceKey(kind, name)));
    }

    public String region() {
        return region;
    }

    public Source source() {
        return source;
    }

    /** The date of the prices; empty when there are none. */
    public String date() {
        return date;
    }

    /** The source and its date: {@code bundled prices of 2026-11}. */
    public String description() {
        return source == Source.NONE ? "no price list for " + region : source.label + " of " + date;
    }
}
