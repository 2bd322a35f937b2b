package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster costs per hour and has cost so far: EC2, EMR and EBS together.
 *
 * <p>It is an approximation: data transfer and discounts are not included, and each spot instance is charged at one
 * price for its whole lifetime.
 *
 * @param onDemandPerHour of the running on-demand instances
 * @param spotPerHour of the running spot instances
 * @param soFar null when unknown
 * @param instances the number of running instances; null when only fleet units are known
 */
public record AccruedCost(
        PriceRange onDemandPerHour,
        PriceRange spotPerHour,
        @Nullable PriceRange soFar,
        @Nullable Integer instances,
        PriceTable table) {
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    /**
     * One instance of a cluster and its lifetime.
     *
     * @param until null while it is running
     */
    public record InstanceUsage(
            EmrNodeType node,
            boolean spot,
            Instant since,
            @Nullable Instant until) {
        public InstanceUsage {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(since, "since");
        }
    }

    /**
     * The provisioned units of an instance fleet, of any of its instance types.
     *
     * @param weights the weighted capacity of each instance type
     */
    public record FleetUsage(Map<EmrNodeType, Integer> weights, int onDemandUnits, int spotUnits) {
        public FleetUsage {
            weights = Map.copyOf(weights);
        }
    }

    /**
     * An instance with its price, which is the same for its whole lifetime.
     *
     * @param until null while it is running
     */
    public record PricedInstance(
            boolean spot, Instant since, @Nullable Instant until, PriceRange perHour) {
        public PricedInstance {
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(perHour, "perHour");
        }
    }

    public AccruedCost {
        Objects.requireNonNull(onDemandPerHour, "onDemandPerHour");
        Objects.requireNonNull(spotPerHour, "spotPerHour");
        Objects.requireNonNull(table, "table");
    }

    /** From the instances: each is charged for its own lifetime. */
    public static AccruedCost ofInstances(List<InstanceUsage> instances, InstancePrices prices, Instant now) {
        return of(
                instances.stream()
                        .map(instance -> new PricedInstance(
                                instance.spot(),
                                instance.since(),
                                instance.until(),
                                prices.instance(instance.node(), instance.spot())))
                        .toList(),
                prices.table(),
                now);
    }

    /** From the instances with the prices that were looked up for them. */
    public static AccruedCost of(List<PricedInstance> instances, PriceTable table, Instant now) {
        PriceRange onDemandPerHour = PriceRange.ZERO;
        PriceRange spotPerHour = PriceRange.ZERO;
        PriceRange soFar = PriceRange.ZERO;
        int running = 0;
        for (PricedInstance instance : instances) {
            PriceRange price = instance.perHour();
            Instant until = instance.until();
            soFar = soFar.plus(price.times(hours(instance.since(), until == null ? now : until)));
            if (until == null) {
                running++;
                onDemandPerHour = instance.spot() ? onDemandPerHour : onDemandPerHour.plus(price);
                spotPerHour = instance.spot() ? spotPerHour.plus(price) : spotPerHour;
            }
        }
        return new AccruedCost(onDemandPerHour, spotPerHour, soFar, running, table);
    }

    /**
     * From the fleets' units, for endpoints that do not list instances. Assumes that all units have run since the
     * start.
     *
     * @param since null when the cluster has not started
     * @param ended whether the cluster has terminated; its past units are then unknown
     */
    public static AccruedCost ofFleets(
            List<FleetUsage> fleets, InstancePrices prices, @Nullable Instant since, boolean ended, Instant now) {
        PriceRange onDemandPerHour = PriceRange.ZERO;
        PriceRange spotPerHour = PriceRange.ZERO;
        for (FleetUsage fleet : ended ? List.<FleetUsage>of() : fleets) {
            onDemandPerHour = onDemandPerHour.plus(prices.fleetUnits(fleet.weights(), fleet.onDemandUnits(), false));
            spotPerHour = spotPerHour.plus(prices.fleetUnits(fleet.weights(), fleet.spotUnits(), true));
        }
        PriceRange soFar = ended || since == null
                ? null
                : onDemandPerHour.plus(spotPerHour).times(hours(since, now));
        return new AccruedCost(onDemandPerHour, spotPerHour, soFar, ended ? Integer.valueOf(0) : null, prices.table());
    }

    /** What it has cost so far; empty if unknown. */
    public Optional<Cost> total() {
        return Optional.ofNullable(soFar).map(price -> price.toCost(instances != null));
    }

    /** Extrapolates, assuming that no instance starts or terminates. */
    public AccruedCost after(Duration elapsed) {
        BigDecimal hours = BigDecimal.valueOf(elapsed.toMillis()).divide(MILLIS_PER_HOUR, MathContext.DECIMAL64);
        return new AccruedCost(
                onDemandPerHour,
                spotPerHour,
                soFar == null ? null : soFar.plus(perHour().times(hours)),
                instances,
                table);
    }

    private static BigDecimal hours(Instant since, Instant until) {
        long millis = Math.max(0, Duration.between(since, until).toMillis());
        return BigDecimal.valueOf(millis).divide(MILLIS_PER_HOUR, MathContext.DECIMAL64);
    }

    public PriceRange perHour() {
        return onDemandPerHour.plus(spotPerHour);
    }
}
