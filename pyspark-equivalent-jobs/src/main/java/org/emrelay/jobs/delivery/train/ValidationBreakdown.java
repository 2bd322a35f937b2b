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
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.pages.charts.CurveChart.Point;
import org.emrelay.pages.charts.HeatMap.Cell;

/** Aggregates of the validation orders for the report page, computed on the executors. */
record ValidationBreakdown(
        SortedMap<Long, Long> modelErrors,
        SortedMap<Long, Long> carrierErrors,
        List<Cell> predictedAndActual,
        Map<String, List<Slice>> slices,
        List<Point> calibration) {
    /** The dimensions by which errors are broken down, in page order. */
    static final List<String> DIMENSIONS = List.of("carrier", "shipping_priority", "shipping_origin", "distance");

    private static final int MAX_SLICES = 12;
    private static final int DISTANCE_BINS = 6;
    private static final double PROBABILITY_BINS = 10;
    private static final MathContext TWO_DIGITS = new MathContext(2);
    // Larger errors are counted in the outermost bar.
    private static final long MAX_ERROR = 15;

    /** The mean absolute errors of the orders with one value of a dimension. */
    record Slice(String name, long orders, double model, double carrier) {}

    ValidationBreakdown {
        modelErrors = new TreeMap<>(modelErrors);
        carrierErrors = new TreeMap<>(carrierErrors);
        predictedAndActual = List.copyOf(predictedAndActual);
        slices = Map.copyOf(slices);
        calibration = List.copyOf(calibration);
    }

    static ValidationBreakdown of(Dataset<Row> validation, long graceDays) {
        Column actual = col(DeliveryFeatureColumns.ACTUAL);
        Dataset<Row> days = validation
                .groupBy(
                        round(col(DeliveryTrainer.PREDICTED)).cast("long").as("predicted"),
                        actual.cast("long").as("actual"),
                        col(DeliveryFeatureColumns.EXPECTED).cast("long").as("expected"))
                .agg(count(lit(1)).as("orders"));
        SortedMap<Long, Long> modelErrors = new TreeMap<>();
        SortedMap<Long, Long> carrierErrors = new TreeMap<>();
        Map<List<Long>, Long> pairs = new TreeMap<>((left, right) -> left.get(0).equals(right.get(0))
                ? left.get(1).compareTo(right.get(1))
                : left.get(0).compareTo(right.get(0)));
        for (Row row : days.collectAsList()) {
            long orders = row.getLong(3);
            modelErrors.merge(clamp(row.getLong(1) - row.getLong(0)), orders, Long::sum);
            carrierErrors.merge(clamp(row.getLong(1) - row.getLong(2)), orders, Long::sum);
            pairs.merge(List.of(row.getLong(0), row.getLong(1)), orders, Long::sum);
        }
        List<Cell> cells = pairs.entrySet().stream()
                .map(cell -> new Cell(cell.getKey().get(0), cell.getKey().get(1), cell.getValue()))
                .toList();
        return new ValidationBreakdown(
                modelErrors, carrierErrors, cells, slices(validation), calibration(validation, graceDays));
    }

    private static long clamp(long error) {
        return Math.max(-MAX_ERROR, Math.min(MAX_ERROR, error));
    }

    private static Map<String, List<Slice>> slices(Dataset<Row> validation) {
        double[] edges = edges(validation);
        Column distance = lit(edges.length);
        for (int edge = edges.length - 1; edge >= 0; edge--) {
            distance = when(col("distance").lt(edges[edge]), lit(edge)).otherwise(distance);
        }
        List<Column> dimensionValues = new ArrayList<>();
        for (String dimension : DIMENSIONS) {
            Column value = dimension.equals("distance") ? distance.cast("string") : col(dimension);
            dimensionValues.add(struct(
                    lit(dimension).as("dimension"),
                    coalesce(value, lit("missing")).as("value")));
        }
        Map<String, List<Slice>> slices = new TreeMap<>();
        List<Row> rows = validation
                .withColumn("pair", explode(array(dimensionValues.toArray(Column[]::new))))
                .groupBy("pair.dimension", "pair.value")
                .agg(
                        count(lit(1)).as("orders"),
                        avg(abs(col(DeliveryTrainer.PREDICTED).minus(col(DeliveryFeatureColumns.ACTUAL)))),
                        avg(abs(col(DeliveryFeatureColumns.EXPECTED).minus(col(DeliveryFeatureColumns.ACTUAL)))))
                .orderBy(col("dimension"), col("orders").desc(), col("value"))
                .collectAsList();
        for (Row row : rows) {
            List<Slice> group = slices.computeIfAbsent(row.getString(0), first -> new ArrayList<>());
            if (group.size() < MAX_SLICES) {
                group.add(new Slice(row.getString(1), row.getLong(2), row.getDouble(3), row.getDouble(4)));
            }
        }
        slices.replaceAll((dimension, list) -> list.stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .map(slice -> dimension.equals("distance") ? withDistanceRange(slice, edges) : slice)
                .toList());
        return slices;
    }

    /** Distance quantiles, rounded to two significant digits. */
    private static double[] edges(Dataset<Row> validation) {
        double[] probabilities = new double[DISTANCE_BINS - 1];
        for (int bin = 0; bin < probabilities.length; bin++) {
            probabilities[bin] = (bin + 1.0) / DISTANCE_BINS;
        }
        double[] edges = validation.stat().approxQuantile("distance", probabilities, 0.005);
        for (int edge = 0; edge < edges.length; edge++) {
            edges[edge] = new BigDecimal(edges[edge]).round(TWO_DIGITS).doubleValue();
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static Slice withDistanceRange(Slice slice, double[] edges) {
        int bin = Integer.parseInt(slice.name());
        String name;
        if (bin == 0) {
            name = "below " + format(edges[0]);
        } else if (bin == edges.length) {
            name = "from " + format(edges[edges.length - 1]);
        } else {
            name = format(edges[bin - 1]) + " to " + format(edges[bin]);
        }
        return new Slice(name, slice.orders(), slice.model(), slice.carrier());
    }

    private static String format(double edge) {
        return BigDecimal.valueOf(edge).stripTrailingZeros().toPlainString();
    }

    private static List<Point> calibration(Dataset<Row> validation, long graceDays) {
        Column bin = least(
                lit(PROBABILITY_BINS - 1),
                floor(col(DeliveryTrainer.LATE_PROBABILITY).multiply(PROBABILITY_BINS)));
        return validation
                .groupBy(bin.as("bin"))
                .agg(
                        avg(DeliveryTrainer.LATE_PROBABILITY),
                        avg(DeliveryTrainer.isLate(graceDays).cast("double")),
                        count(lit(1)))
                .orderBy("bin")
                .collectAsList()
                .stream()
                .map(row -> new Point(row.getDouble(1), row.getDouble(2), row.getLong(3)))
                .toList();
    }
}
