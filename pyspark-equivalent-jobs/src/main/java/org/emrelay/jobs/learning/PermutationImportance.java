package org.emrelay.jobs.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Measures permutation importance: how much a model's mean loss increases when one feature is permuted.
 *
 * <p>Works for any model, in the unit of the loss. All slots of a categorical column are permuted together.
 */
public final class PermutationImportance {
    private final SavedPipeline model;
    private final String features;
    private final Column loss;
    private final Budget budget;

    /** The increase of the mean loss when one feature is permuted. */
    public record Importance(String name, double lossIncrease) {
        public Importance {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * The permutation importance of each feature.
     *
     * @param measured the most important first
     * @param skipped features beyond the computation budget
     */
    public record Importances(List<Importance> measured, List<String> skipped) {
        public Importances {
            measured = List.copyOf(measured);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Bounds the computation, measured in vector values read: rows × features × slots.
     *
     * @param targetValues above this, the row sample is reduced, down to {@code minRows}
     * @param maxValues above this even with {@code minRows}, features are skipped
     */
    record Budget(int maxRows, int minRows, long targetValues, long maxValues) {
        static final Budget DEFAULT = new Budget(2_000, 200, 8_000_000, 250_000_000);

        int rows(long groups, long slots) {
            return (int) Math.max(minRows, Math.min(maxRows, targetValues / Math.max(1, groups * slots)));
        }

        int groups(long rows, long slots) {
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, maxValues / Math.max(1, rows * slots)));
        }
    }

    /**
     * @param features the vector column
     * @param loss the loss of one row, computed from columns of the model's output
     */
    public PermutationImportance(SavedPipeline model, String features, Column loss) {
        this(model, features, loss, Budget.DEFAULT);
    }

    PermutationImportance(SavedPipeline model, String features, Column loss, Budget budget) {
        this.model = model;
        this.features = features;
        this.loss = loss;
        this.budget = budget;
    }

    /**
     * Permutes each group of slots in turn and measures the loss.
     *
     * @param rows a table with only the columns that the model and the loss read
     * @param groups vector slots by feature; beyond the budget, only the first groups are measured
     */
    public Importances compute(Dataset<Row> rows, Map<String, int[]> groups, String predictionColumn, long seed) {
        int slots = groups.values().stream().mapToInt(indices -> indices.length).sum();
        List<Row> sample = sample(rows, budget.rows(groups.size(), slots), seed);
        List<String> names = List.copyOf(groups.keySet());
        int measuredGroups = Math.min(names.size(), budget.groups(sample.size(), slots));
        PermutedRows permuted = new PermutedRows(
                sample,
                rows.schema(),
                features,
                groups.values().stream().limit(measuredGroups).toList(),
                seed);
        Map<Integer, Double> losses = losses(rows.sparkSession(), permuted, predictionColumn);
        double baseline = losses.getOrDefault(PermutedRows.UNPERMUTED, 0.0);
        List<Importance> measured = new ArrayList<>();
        for (int group = 0; group < measuredGroups; group++) {
            measured.add(new Importance(names.get(group), losses.getOrDefault(group, baseline) - baseline));
        }
        measured.sort(Comparator.comparingDouble(Importance::lossIncrease).reversed());
        return new Importances(measured, names.subList(measuredGroups, names.size()));
    }

    /** Samples by row hash: the table may be sorted, and the sample must not depend on its partitions. */
    private static List<Row> sample(Dataset<Row> rows, int size, long seed) {
        List<Column> all = new ArrayList<>(List.of(functions.lit(seed)));
        for (String name : rows.columns()) {
            all.add(rows.col("`" + name.replace("`", "``") + "`"));
        }
        return rows.orderBy(functions.xxhash64(all.toArray(Column[]::new)))
                .limit(size)
                .collectAsList();
    }

    /**
     * Broadcasts the sample and expands it on the executors: all permuted copies together would not fit into memory.
     */
    private Map<Integer, Double> losses(SparkSession session, PermutedRows permuted, String predictionColumn) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<PermutedRows> broadcast = context.broadcast(permuted);
        int partitions = Math.min(permuted.groups() + 1, context.defaultParallelism());
        Dataset<Row> table = session.range(PermutedRows.UNPERMUTED, permuted.groups(), 1, partitions)
                .flatMap(
                        (FlatMapFunction<Long, Row>) group -> broadcast.value().permuted(group.intValue()),
                        Encoders.row(permuted.schema()));
        Map<Integer, Double> losses = new HashMap<>();
        model.transform("the model", table, predictionColumn)
                .groupBy(PermutedRows.GROUP)
                .agg(functions.avg(loss))
                .collectAsList()
                .forEach(row -> losses.put(row.getInt(0), row.getDouble(1)));
        broadcast.destroy();
        return losses;
    }
}
