package org.emrelay.runner.platform.aws.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Firehose charges in a region for the records that a client sends itself (Direct PUT). */
public final class FirehosePrice {
    /** Where the bundled prices come from. */
    public static final String SOURCE = "https://aws.amazon.com/firehose/pricing/";

    private static final long INCREMENT = 5 * 1024;
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

    private final String region;
    private final String date;
    private final @Nullable BigDecimal perGibibyte;

    private FirehosePrice(String region, String date, @Nullable BigDecimal perGibibyte) {
        this.region = region;
        this.date = date;
        this.perGibibyte = perGibibyte;
    }

    /** The bundled price of a region; unknown if none is bundled. */
    public static FirehosePrice bundled(String region) {
        try (InputStream file = Objects.requireNonNull(FirehosePrice.class.getResourceAsStream("firehose.csv"))) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            BigDecimal price = lines.stream()
                    .filter(line -> line.startsWith(region + ","))
                    .map(line -> new BigDecimal(line.substring(region.length() + 1)))
                    .findFirst()
                    .orElse(null);
            return new FirehosePrice(region, lines.get(0), price);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read the bundled prices of Firehose", exception);
        }
    }

    /** The bytes that Firehose charges for one record. */
    public static long billedBytes(long recordBytes) {
        return (recordBytes + INCREMENT - 1) / INCREMENT * INCREMENT;
    }

    /** In US dollars; empty if unknown. */
    public Optional<BigDecimal> perGibibyte() {
        return Optional.ofNullable(perGibibyte);
    }

    /** The cost of records in US dollars; empty if the price is unknown. */
    public Optional<BigDecimal> cost(long billedBytes) {
        return perGibibyte()
                .map(price -> price.multiply(BigDecimal.valueOf(billedBytes)).divide(GIBIBYTE, MathContext.DECIMAL64));
    }

    /** The source and its date: {@code bundled prices of 2026-11}. */
    public String description() {
        return perGibibyte == null ? "no Firehose price for " + region : "bundled prices of " + date;
    }
}
