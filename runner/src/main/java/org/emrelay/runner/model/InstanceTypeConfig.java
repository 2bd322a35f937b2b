package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One instance type of a fleet.
 *
 * @param weight the capacity units that one instance provides
 * @param bidPrice the maximum spot price; null for the on-demand price
 * @param volumes EBS volumes in addition to the root volume; empty for EMR's default
 * @param priority a prioritized allocation strategy prefers lower values
 */
public record InstanceTypeConfig(
        String type,
        int weight,
        @Nullable BidPrice bidPrice,
        List<Volume> volumes,
        @Nullable Boolean ebsOptimized,
        List<Configuration> configurations,
        @Nullable String customAmiId,
        @Nullable Double priority) {

    /** The maximum spot price per instance hour. */
    public sealed interface BidPrice {}

    /**
     * A price in USD.
     *
     * @param usDollars a decimal number as a string, as EMR's API expects it
     */
    public record UsDollarsPerHour(String usDollars) implements BidPrice {
        public UsDollarsPerHour {
            Objects.requireNonNull(usDollars, "usDollars");
        }
    }

    /** A percentage of the on-demand price. */
    public record PercentOfOnDemand(double percent) implements BidPrice {}

    /**
     * One EBS volume specification, attached {@code perInstance} times to each instance.
     */
    public record Volume(
            String type,
            int gibibytes,
            @Nullable Integer iops,
            @Nullable Integer throughputMibPerSecond,
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
