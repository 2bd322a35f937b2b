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
 * What a model loses when one thing that it sees is dealt out anew among the rows: told of any kind of model in the unit of its
 * errors, and of a category as a whole.
 */
public final class PermutationImportance {
    private final SavedPipeline model;
    private final String features;
    private final Column loss;
    private final Effort effort;

    /** How much the mean loss grows. */
    public record Importance(String name, double growth) {
        public Importance {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * What was found, the greatest first.
     *
     * @param notLookedAt what there was no time for
     */
    public record Importances(List<Importance> found, List<String> notLookedAt) {
        public Importances {
            found = List.copyOf(found);
            notLookedAt = List.copyOf(notLookedAt);
        }
    }

    /**
     * How much work it may be: a model is asked of each row once for everything that it sees, and reads all numbers of it each time.
     *
     * @param usualNumbers to be read in all; where they would be more, fewer rows will do
     * @param mostNumbers to be read in all; where they would be more even with few rows, not everything is looked at
     */
    record Effort(int mostRows, int fewestRows, long usualNumbers, long mostNumbers) {
        static final Effort USUAL = new Effort(2_000, 200, 8_000_000, 250_000_000);

        int rows(long groups, long places) {
            return (int) Math.max(fewestRows, Math.min(mostRows, usualNumbers / Math.max(1, groups * places)));
        }

        int groups(long rows, long places) {
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, mostNumbers / Math.max(1, rows * places)));
        }
    }

    /**
     * @param features the column with the vector
     * @param loss of one row, of columns that the model makes and the table has
     */
    public PermutationImportance(SavedPipeline model, String features, Column loss) {
        this(model, features, loss, Effort.USUAL);
    }

    PermutationImportance(SavedPipeline model, String features, Column loss, Effort effort) {
        this.model = model;
        this.features = features;
        this.loss = loss;
        this.effort = effort;
    }

    /**
     * Of a table that needs no more columns than the model and the loss read.
     *
     * @param groups what the model sees, with the places of the vector that are its own; where there are too many, the first are
     *     looked at
     */
    public Importances of(Dataset<Row> rows, Map<String, int[]> groups, String predicted, long seed) {
        int places = groups.values().stream().mapToInt(own -> own.length).sum();
        List<Row> sample = sample(rows, effort.rows(groups.size(), places), seed);
        List<String> names = List.copyOf(groups.keySet());
        int looked = Math.min(names.size(), effort.groups(sample.size(), places));
        PermutedRows dealt = new PermutedRows(
                sample,
                rows.schema(),
                features,
                groups.values().stream().limit(looked).toList(),
                seed);
        Map<Integer, Double> losses = losses(rows.sparkSession(), dealt, predicted);
        double plain = losses.getOrDefault(PermutedRows.PLAIN, 0.0);
        List<Importance> found = new ArrayList<>();
        for (int group = 0; group < looked; group++) {
            found.add(new Importance(names.get(group), losses.getOrDefault(group, plain) - plain));
        }
        found.sort(Comparator.comparingDouble(Importance::growth).reversed());
        return new Importances(found, names.subList(looked, names.size()));
    }

    /** From everywhere in the table, which may be sorted by whatever the rows are about; the same however it lies in parts. */
    private static List<Row> sample(Dataset<Row> rows, int size, long seed) {
        List<Column> all = new ArrayList<>(List.of(functions.lit(seed)));
        for (String name : rows.columns()) {
            all.add(rows.col("`" + name.replace("`", "``") + "`"));
        }
        return rows.orderBy(functions.xxhash64(all.toArray(Column[]::new)))
                .limit(size)
                .collectAsList();
    }

    /** The rows themselves go to each machine once, and become many only there: all together they would fit nowhere. */
    private Map<Integer, Double> losses(SparkSession session, PermutedRows dealt, String predicted) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<PermutedRows> shipped = context.broadcast(dealt);
        int parts = Math.min(dealt.groups() + 1, context.defaultParallelism());
        Dataset<Row> table = session.range(PermutedRows.PLAIN, dealt.groups(), 1, parts)
                .flatMap(
                        (FlatMapFunction<Long, Row>) group -> shipped.value().of(group.intValue()),
                        Encoders.row(dealt.schema()));
        Map<Integer, Double> losses = new HashMap<>();
        model.transform("the model", table, predicted)
                .groupBy(PermutedRows.GROUP)
                .agg(functions.avg(loss))
                .collectAsList()
                .forEach(row -> losses.put(row.getInt(0), row.getDouble(1)));
        shipped.destroy();
        return losses;
    }
}
