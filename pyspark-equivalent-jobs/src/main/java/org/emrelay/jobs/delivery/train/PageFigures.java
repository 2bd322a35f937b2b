package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.charts.Curves.Point;
import org.emrelay.jobs.charts.HeatMap.Cell;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;

/** What the page shows of validation orders, counted where they are: never more comes back than is drawn. */
record PageFigures(
        SortedMap<Long, Long> ourErrors,
        SortedMap<Long, Long> carrierErrors,
        List<Cell> predictedAndActual,
        Map<String, List<Slice>> slices,
        List<Point> calibration) {
    /** The kinds of slices, in the order of the page. */
    static final List<String> KINDS = List.of("carrier", "shipping_priority", "shipping_origin", "distance");

    private static final int MOST_SLICES = 12;
    private static final int DISTANCE_PARTS = 6;
    private static final double CHANCE_PARTS = 10;
    private static final MathContext TWO_DIGITS = new MathContext(2);
    // Beyond, a day is drawn with the last one.
    private static final long FURTHEST = 15;

    /** Orders that have something in common, and the mean absolute errors on them. */
    record Slice(String name, long orders, double ours, double carrier) {}

    PageFigures {
        ourErrors = new TreeMap<>(ourErrors);
        carrierErrors = new TreeMap<>(carrierErrors);
        predictedAndActual = List.copyOf(predictedAndActual);
        slices = Map.copyOf(slices);
        calibration = List.copyOf(calibration);
    }

    static PageFigures of(Dataset<Row> validation, long graceDays) {
        Column actual = col(DeliveryFeatureColumns.ACTUAL);
        Dataset<Row> days = validation
                .groupBy(
                        round(col(Trainer.PREDICTED)).cast("long").as("predicted"),
                        actual.cast("long").as("actual"),
                        col(DeliveryFeatureColumns.EXPECTED).cast("long").as("expected"))
                .agg(count(lit(1)).as("orders"));
        SortedMap<Long, Long> ours = new TreeMap<>();
        SortedMap<Long, Long> carrier = new TreeMap<>();
        Map<List<Long>, Long> together =
                new TreeMap<>((left, right) -> left.get(0).equals(right.get(0))
                        ? left.get(1).compareTo(right.get(1))
                        : left.get(0).compareTo(right.get(0)));
        for (Row row : days.collectAsList()) {
            long orders = row.getLong(3);
            ours.merge(within(row.getLong(1) - row.getLong(0)), orders, Long::sum);
            carrier.merge(within(row.getLong(1) - row.getLong(2)), orders, Long::sum);
            together.merge(List.of(row.getLong(0), row.getLong(1)), orders, Long::sum);
        }
        List<Cell> cells = together.entrySet().stream()
                .map(cell -> new Cell(cell.getKey().get(0), cell.getKey().get(1), cell.getValue()))
                .toList();
        return new PageFigures(ours, carrier, cells, slices(validation), calibration(validation, graceDays));
    }

    private static long within(long error) {
        return Math.max(-FURTHEST, Math.min(FURTHEST, error));
    }

    private static Map<String, List<Slice>> slices(Dataset<Row> validation) {
        double[] edges = edges(validation);
        Column distance = lit(edges.length);
        for (int edge = edges.length - 1; edge >= 0; edge--) {
            distance = when(col("distance").lt(edges[edge]), lit(edge)).otherwise(distance);
        }
        List<Column> pairs = new ArrayList<>();
        for (String kind : KINDS) {
            Column value = kind.equals("distance") ? distance.cast("string") : col(kind);
            pairs.add(
                    struct(lit(kind).as("kind"), coalesce(value, lit("missing")).as("value")));
        }
        Map<String, List<Slice>> slices = new TreeMap<>();
        List<Row> rows = validation
                .withColumn("pair", explode(array(pairs.toArray(Column[]::new))))
                .groupBy("pair.kind", "pair.value")
                .agg(
                        count(lit(1)).as("orders"),
                        avg(abs(col(Trainer.PREDICTED).minus(col(DeliveryFeatureColumns.ACTUAL)))),
                        avg(abs(col(DeliveryFeatureColumns.EXPECTED).minus(col(DeliveryFeatureColumns.ACTUAL)))))
                .orderBy(col("kind"), col("orders").desc(), col("value"))
                .collectAsList();
        for (Row row : rows) {
            List<Slice> kind = slices.computeIfAbsent(row.getString(0), first -> new ArrayList<>());
            if (kind.size() < MOST_SLICES) {
                kind.add(new Slice(row.getString(1), row.getLong(2), row.getDouble(3), row.getDouble(4)));
            }
        }
        slices.replaceAll((kind, list) -> list.stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .map(slice -> kind.equals("distance") ? named(slice, edges) : slice)
                .toList());
        return slices;
    }

    /** Where distances part into about as many orders each, at round numbers: whatever they are measured in. */
    private static double[] edges(Dataset<Row> validation) {
        double[] parts = new double[DISTANCE_PARTS - 1];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = (part + 1.0) / DISTANCE_PARTS;
        }
        double[] edges = validation.stat().approxQuantile("distance", parts, 0.005);
        for (int edge = 0; edge < edges.length; edge++) {
            edges[edge] = new BigDecimal(edges[edge]).round(TWO_DIGITS).doubleValue();
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static Slice named(Slice slice, double[] edges) {
        int part = Integer.parseInt(slice.name());
        String name;
        if (part == 0) {
            name = "below " + plain(edges[0]);
        } else if (part == edges.length) {
            name = "from " + plain(edges[edges.length - 1]);
        } else {
            name = plain(edges[part - 1]) + " to " + plain(edges[part]);
        }
        return new Slice(name, slice.orders(), slice.ours(), slice.carrier());
    }

    private static String plain(double edge) {
        return BigDecimal.valueOf(edge).stripTrailingZeros().toPlainString();
    }

    private static List<Point> calibration(Dataset<Row> validation, long graceDays) {
        Column part =
                least(lit(CHANCE_PARTS - 1), floor(col(Trainer.LATE_CHANCE).multiply(CHANCE_PARTS)));
        return validation
                .groupBy(part.as("part"))
                .agg(avg(Trainer.LATE_CHANCE), avg(Trainer.isLate(graceDays).cast("double")), count(lit(1)))
                .orderBy("part")
                .collectAsList()
                .stream()
                .map(row -> new Point(row.getDouble(1), row.getDouble(2), row.getLong(3)))
                .toList();
    }
}
