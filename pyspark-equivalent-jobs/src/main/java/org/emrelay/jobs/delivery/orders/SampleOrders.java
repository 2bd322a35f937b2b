package org.emrelay.jobs.delivery.orders;

import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * Generates orders in the format of the real log.
 *
 * <p>Delays depend jointly on distance, priority, carrier and origin, plus noise.
 */
final class SampleOrders {
    static final StructType SCHEMA =
            StructType.fromDDL("ActualShippingDays int, ExpectedShippingDays int, Carrier string,"
                    + " YShippingDistance int, XShippingDistance int, InBulkOrder string, ShippingOrigin string, OrderDate string,"
                    + " OrderID string, ShippingPriority string, OnTimeDelivery string, ProductId string");

    private static final long STREAM = 2;
    private static final long ID_STREAM = 3;
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 730;
    private static final int LATE_AFTER = 2;

    /**
     * A carrier, origin or priority.
     *
     * @param days added to the expected delivery time
     * @param lateness added to the log-odds of a delay
     */
    private record Factor(String name, double days, double lateness) {}

    private static final List<Factor> CARRIERS = List.of(
            new Factor("BigBird", 0.4, 0.1),
            new Factor("GlobalFreight", -0.4, -0.1),
            new Factor("MicroCarrier", -0.1, -0.2),
            new Factor("Shipper", 0.1, 0.2));
    private static final List<Factor> ORIGINS = List.of(
            new Factor("Atlanta", 0, 0.2),
            new Factor("Chicago", 0.5, 0.1),
            new Factor("Houston", 0.4, 0),
            new Factor("Las Vegas", 0.3, 0),
            new Factor("New York City", -0.5, -0.1),
            new Factor("Salt Lake City", -2.2, -1.1),
            new Factor("San Francisco", 1, 0.1),
            new Factor("Seattle", 0.5, 0.2));
    private static final List<Factor> PRIORITIES = List.of(
            new Factor("Air", -0.5, -0.7),
            new Factor("Express", -1.2, -1.6),
            new Factor("Ground", 1.3, 0.9),
            new Factor("Standard", 0.3, 0.3));

    private final long seed;
    private final SampleProducts products;

    SampleOrders(long seed) {
        this.seed = seed;
        products = new SampleProducts(seed);
    }

    Iterator<Row> of(Iterator<Long> numbers) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public Row next() {
                return sampleOrder(numbers.next());
            }
        };
    }

    private Row sampleOrder(long number) {
        KeyedRandom random = new KeyedRandom(seed, STREAM, number);
        Factor carrier = CARRIERS.get(random.nextBelow(CARRIERS.size()));
        Factor origin = ORIGINS.get(random.nextBelow(ORIGINS.size()));
        Factor priority = PRIORITIES.get(random.nextBelow(PRIORITIES.size()));
        boolean isBulk = random.nextBoolean(50);
        double distance = distance(random);
        double direction = 2 * StrictMath.PI * random.nextDouble();
        int x = (int) (distance * StrictMath.cos(direction));
        int y = (int) (distance * StrictMath.sin(direction));
        double expected =
                13.2 + carrier.days() + origin.days() + priority.days() + (isBulk ? -1 : 1) + random.nextGaussian();
        int expectedDays = (int) Math.max(1, Math.rint(expected));
        double lateness = carrier.lateness() + origin.lateness() + priority.lateness() + (distance - 157) / 50;
        int delay = delay(lateness, random);
        boolean isLate =
                delay >= LATE_AFTER && (delay > LATE_AFTER + 2 || random.nextBoolean(45 + 20 * (delay - LATE_AFTER)));
        LocalDate day = FIRST_DAY.plusDays(random.nextBelow(DAYS));
        return RowFactory.create(
                expectedDays + delay,
                expectedDays,
                carrier.name(),
                y,
                x,
                isBulk ? "Bulk Order" : "Single Order",
                origin.name(),
                day.getMonthValue() + "/" + day.getDayOfMonth() + "/" + day.getYear() % 100,
                SampleProducts.id(seed, ID_STREAM, number),
                priority.name(),
                isLate ? "Late" : "On Time",
                products.id(random.nextBelow(SampleProducts.COUNT)));
    }

    /** Log-normal with the real log's median of 157 miles and 90th percentile of 257. */
    private static double distance(KeyedRandom random) {
        return Math.max(46, Math.min(538, 157 * StrictMath.exp(0.385 * random.nextGaussian())));
    }

    /** An order is early or on time, or with logistic probability one to ten days late. */
    private static int delay(double lateness, KeyedRandom random) {
        double probability = 1 / (1 + StrictMath.exp(-3 * lateness));
        if (random.nextDouble() > probability) {
            return random.nextBoolean(14) ? -1 : 0;
        }
        double days = 1 - StrictMath.log(1 - random.nextDouble()) * (1.3 + 0.9 * Math.max(0, Math.min(3, lateness)));
        return (int) Math.min(10, days);
    }
}
