package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One type of machine that a fleet may be made of.
 *
 * @param weight how many units of the fleet's capacity one machine gives
 * @param spotLimit the most that is paid for a spot machine; null for the on-demand price
 * @param volumes disks beside the root volume; empty for EMR's default
 * @param priority the smaller, the sooner it is taken by a prioritised strategy
 */
public record InstanceTypeConfig(
        String type,
        int weight,
        @Nullable BidPrice spotLimit,
        List<Volume> volumes,
        @Nullable Boolean volumesOptimized,
        List<Configuration> configurations,
        @Nullable String customImage,
        @Nullable Double priority) {

    /** The most that is paid for a spot machine an hour. */
    public sealed interface BidPrice {}

    /**
     * A price in US dollars.
     *
     * @param usDollars a decimal number as text, which is how EMR takes it
     */
    public record DollarsAnHour(String usDollars) implements BidPrice {
        public DollarsAnHour {
            Objects.requireNonNull(usDollars, "usDollars");
        }
    }

    /** A share of the on-demand price in per cent. */
    public record PercentOfOnDemand(double percent) implements BidPrice {}

    /** A disk that each machine of the type gets, or several alike. */
    public record Volume(
            String type,
            int gibibytes,
            @Nullable Integer operationsPerSecond,
            @Nullable Integer throughputMebibytes,
            int perInstance) {
        public Volume {
            Objects.requireNonNull(type, "type");
        }
    }

    public InstanceTypeConfig {
        Objects.requireNonNull(type, "type");
        volumes = List.copyOf(volumes);
        configurations = List.copyOf(configurations);
    }
}
