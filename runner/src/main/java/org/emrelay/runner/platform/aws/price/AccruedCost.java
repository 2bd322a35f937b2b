package org.emrelay.runner.platform.aws.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster that is there, or was, costs: EC2's part and EMR's. Disks, data and discounts are not in it, and spot machines are counted at one price
 * for their whole time, so it is always about.
 *
 * @param onDemand an hour of what runs now on demand
 * @param spot an hour of what runs now as spot machines
 * @param soFar null when nothing tells
 * @param machines how many run now; null when only the fleets' units are known
 */
public record AccruedCost(
        PriceRange onDemand,
        PriceRange spot,
        @Nullable PriceRange soFar,
        @Nullable Integer machines,
        PriceTable table) {
    private static final BigDecimal MILLIS_AN_HOUR = BigDecimal.valueOf(3_600_000);

    public AccruedCost {
        Objects.requireNonNull(onDemand, "onDemand");
        Objects.requireNonNull(spot, "spot");
        Objects.requireNonNull(table, "table");
    }

    /** By the machines themselves: each for the time for which it was there. */
    public static AccruedCost ofMachines(List<InstanceUsage> machines, InstancePrices prices, Instant now) {
        PriceRange onDemand = PriceRange.NONE;
        PriceRange spot = PriceRange.NONE;
        PriceRange soFar = PriceRange.NONE;
        int running = 0;
        for (InstanceUsage machine : machines) {
            PriceRange price = prices.machine(machine.type(), machine.spot());
            Instant until = machine.until();
            soFar = soFar.plus(price.times(hours(machine.since(), until == null ? now : until)));
            if (until == null) {
                running++;
                onDemand = machine.spot() ? onDemand : onDemand.plus(price);
                spot = machine.spot() ? spot.plus(price) : spot;
            }
        }
        return new AccruedCost(onDemand, spot, soFar, running, prices.table());
    }

    /**
     * By the fleets' units alone, where a server does not list machines: as if all had been there from the beginning.
     *
     * @param since null when the cluster has not begun
     * @param ended whether the cluster has ended: what its fleets had is then not known any more
     */
    public static AccruedCost ofFleets(
            List<FleetUsage> fleets, InstancePrices prices, @Nullable Instant since, boolean ended, Instant now) {
        PriceRange onDemand = PriceRange.NONE;
        PriceRange spot = PriceRange.NONE;
        for (FleetUsage fleet : ended ? List.<FleetUsage>of() : fleets) {
            onDemand = onDemand.plus(prices.units(fleet.weights(), fleet.onDemand(), false));
            spot = spot.plus(prices.units(fleet.weights(), fleet.spot(), true));
        }
        PriceRange soFar = ended || since == null ? null : onDemand.plus(spot).times(hours(since, now));
        return new AccruedCost(onDemand, spot, soFar, ended ? Integer.valueOf(0) : null, prices.table());
    }

    /** What it is some time later, if no machine has come or gone. */
    public AccruedCost after(Duration more) {
        BigDecimal hours = BigDecimal.valueOf(more.toMillis()).divide(MILLIS_AN_HOUR, MathContext.DECIMAL64);
        return new AccruedCost(
                onDemand, spot, soFar == null ? null : soFar.plus(anHour().times(hours)), machines, table);
    }

    private static BigDecimal hours(Instant since, Instant until) {
        long millis = Math.max(0, Duration.between(since, until).toMillis());
        return BigDecimal.valueOf(millis).divide(MILLIS_AN_HOUR, MathContext.DECIMAL64);
    }

    public PriceRange anHour() {
        return onDemand.plus(spot);
    }
}
