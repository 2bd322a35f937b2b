package org.emrelay.jobs.delivery.orders;

import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.random.Dice;

/**
 * Orders as the real log has them: its columns, its ways of writing, and delays that come of the distance, the priority, the
 * carrier and the origin together, with chance on top.
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

    /** A name, how many days it adds to the way, and how far from where on it tends to be late. */
    private record Place(String name, double days, double strain) {}

    private static final List<Place> CARRIERS = List.of(
            new Place("BigBird", 0.4, 0.1),
            new Place("GlobalFreight", -0.4, -0.1),
            new Place("MicroCarrier", -0.1, -0.2),
            new Place("Shipper", 0.1, 0.2));
    private static final List<Place> ORIGINS = List.of(
            new Place("Atlanta", 0, 0.2),
            new Place("Chicago", 0.5, 0.1),
            new Place("Houston", 0.4, 0),
            new Place("Las Vegas", 0.3, 0),
            new Place("New York City", -0.5, -0.1),
            new Place("Salt Lake City", -2.2, -1.1),
            new Place("San Francisco", 1, 0.1),
            new Place("Seattle", 0.5, 0.2));
    private static final List<Place> PRIORITIES = List.of(
            new Place("Air", -0.5, -0.7),
            new Place("Express", -1.2, -1.6),
            new Place("Ground", 1.3, 0.9),
            new Place("Standard", 0.3, 0.3));

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
                return order(numbers.next());
            }
        };
    }

    private Row order(long number) {
        Dice dice = new Dice(seed, STREAM, number);
        Place carrier = CARRIERS.get(dice.below(CARRIERS.size()));
        Place origin = ORIGINS.get(dice.below(ORIGINS.size()));
        Place priority = PRIORITIES.get(dice.below(PRIORITIES.size()));
        boolean isBulk = dice.percent(50);
        double distance = distance(dice);
        double direction = 2 * StrictMath.PI * dice.unit();
        int x = (int) (distance * StrictMath.cos(direction));
        int y = (int) (distance * StrictMath.sin(direction));
        double expected = 13.2 + carrier.days() + origin.days() + priority.days() + (isBulk ? -1 : 1) + dice.normal();
        int expectedDays = (int) Math.max(1, Math.rint(expected));
        double strain = carrier.strain() + origin.strain() + priority.strain() + (distance - 157) / 50;
        int delay = delay(strain, dice);
        boolean isLate =
                delay >= LATE_AFTER && (delay > LATE_AFTER + 2 || dice.percent(45 + 20 * (delay - LATE_AFTER)));
        LocalDate day = FIRST_DAY.plusDays(dice.below(DAYS));
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
                products.id(dice.below(SampleProducts.NUMBER)));
    }

    /** Half of the ways are longer than 157 miles, one in ten is longer than 257, as in the real log. */
    private static double distance(Dice dice) {
        return Math.max(46, Math.min(538, 157 * StrictMath.exp(0.385 * dice.normal())));
    }

    /** Who is not strained comes early or in time; who is may be a day late or, now and then, ten. */
    private static int delay(double strain, Dice dice) {
        double chance = 1 / (1 + StrictMath.exp(-3 * strain));
        if (dice.unit() > chance) {
            return dice.percent(14) ? -1 : 0;
        }
        double days = 1 - StrictMath.log(1 - dice.unit()) * (1.3 + 0.9 * Math.max(0, Math.min(3, strain)));
        return (int) Math.min(10, days);
    }
}
