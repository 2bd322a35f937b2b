import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.delivery.features.BuildFeatures;
import org.emrelay.jobs.delivery.prepare.PrepareOrders;
import org.emrelay.jobs.delivery.train.TrainModel;
import org.emrelay.jobs.learning.Bootstrap;
import org.emrelay.jobs.learning.Bootstrap.Interval;

/**
 * Compares the delivery model with a baseline, the model of an earlier system, for benchmarks/delivery.sh. Both are trained on
 * an expanding window of the log and evaluated on the tenth of the log that follows.
 */
public final class DeliveryBenchmark {
    private static final int TENTHS = 10;
    private static final int FIRST_CUTOFF = 5;

    private final SparkSession session;
    private final String logs;
    private final String products;
    private final String work;

    /** Differences of the errors per order, over all cutoffs: Emrelay minus baseline. */
    private final List<Double> absoluteErrors = new ArrayList<>();

    private final List<Double> roundedErrors = new ArrayList<>();
    private final List<Double> squaredErrors = new ArrayList<>();

    private DeliveryBenchmark(SparkSession session, String logs, String products, String work) {
        this.session = session;
        this.logs = logs;
        this.products = products;
        this.work = work;
    }

    public static void main(String[] arguments) {
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            new DeliveryBenchmark(session, arguments[0], arguments[1], arguments[2]).run();
        }
    }

    private void run() {
        System.out.println("| evaluated from | training orders | evaluated orders | carrier's estimate: MAE | baseline: MAE, rounded, MSE"
                + " | default: MAE, rounded, MSE | `loss=squared`: MAE, rounded, MSE |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int tenths = FIRST_CUTOFF; tenths < TENTHS; tenths++) {
            evaluate(tenths);
        }
        System.out.println();
        System.out.println("| Emrelay minus baseline, all " + absoluteErrors.size()
                + " evaluated orders | mean | 95 % confidence interval (paired bootstrap) |");
        System.out.println("|---|---|---|");
        difference("MAE, default", absoluteErrors);
        difference("MAE, rounded, default", roundedErrors);
        difference("MSE, `loss=squared`", squaredErrors);
    }

    /** Trains on the first tenths of the log and evaluates on the next one, with the same jobs as the pipeline. */
    private void evaluate(int tenths) {
        String directory = work + "/" + tenths;
        upTo(tenths + 1).write().mode(SaveMode.Overwrite).option("header", "true").csv(directory + "/logs");
        PrepareOrders.main(new String[] {
            "--shipping-logs", directory + "/logs", "--product-descriptions", products,
            "--training-fraction", Double.toString(tenths / (tenths + 1.0)), "--output", directory + "/prepared"
        });
        BuildFeatures.main(
                new String[] {"--orders", directory + "/prepared/training", "--output", directory + "/training"});
        BuildFeatures.main(new String[] {
            "--orders", directory + "/prepared/validation",
            "--pipeline-model", directory + "/training/pipeline-model",
            "--output", directory + "/validation"
        });
        Dataset<Row> baseline = baseline(directory)
                .select("order_id", "order_date", "expected_days", "actual_days", "baseline");
        Dataset<Row> evaluated = baseline.join(model(directory, "absolute"), "order_id")
                .join(model(directory, "squared"), "order_id");
        List<Row> rows = evaluated.cache().orderBy("order_id").select(
                        error("absolute").minus(error("baseline")),
                        abs(round(col("absolute")).minus(col("actual_days")))
                                .minus(abs(round(col("baseline")).minus(col("actual_days")))),
                        pow(error("squared"), 2.0).minus(pow(error("baseline"), 2.0)))
                .collectAsList();
        rows.forEach(row -> {
            absoluteErrors.add(row.getDouble(0));
            roundedErrors.add(row.getDouble(1));
            squaredErrors.add(row.getDouble(2));
        });
        Row carrier = evaluated.selectExpr("string(min(order_date))", "avg(abs(expected_days - actual_days))").first();
        System.out.printf(
                Locale.ROOT, "| %s | %d | %d | %.3f | %s | %s | %s |%n",
                carrier.getString(0), session.read().parquet(directory + "/training/features").count(), rows.size(),
                carrier.getDouble(1), metrics(evaluated, "baseline"), metrics(evaluated, "absolute"), metrics(evaluated, "squared"));
    }

    /** The first tenths of the log, rounded up to complete days. */
    private Dataset<Row> upTo(int tenths) {
        Dataset<Row> log = session.read().option("header", "true").csv(logs)
                .withColumn("day", expr("datediff(to_date(OrderDate, 'M/d/yy'), '2000-01-01')"));
        double last = log.stat().approxQuantile("day", new double[] {tenths / (double) TENTHS}, 0)[0];
        return log.where(col("day").leq(last)).drop("day");
    }

    /** Predictions of the baseline: Spark's GBT with 32 trees and squared loss, trained on untransformed days. */
    private Dataset<Row> baseline(String directory) {
        return new GBTRegressor()
                .setMaxIter(32)
                .setLossType("squared")
                .setSeed(1)
                .setLabelCol("actual_days")
                .setPredictionCol("baseline")
                .fit(session.read().parquet(directory + "/training/features"))
                .transform(session.read().parquet(directory + "/validation/features"));
    }

    private Dataset<Row> model(String directory, String loss) {
        String output = directory + "/" + loss;
        TrainModel.main(new String[] {
            "--training-features", directory + "/training/features",
            "--validation-features", directory + "/validation/features",
            "--loss", loss,
            "--output", output
        });
        return session.read()
                .option("header", "true")
                .csv(output + "/predictions/validation.csv")
                .selectExpr("order_id", "double(predicted_days) as " + loss);
    }

    private static Column error(String predicted) {
        return abs(col(predicted).minus(col("actual_days")));
    }

    private static String metrics(Dataset<Row> evaluated, String name) {
        Row row = evaluated.selectExpr(
                        "avg(abs(" + name + " - actual_days))",
                        "avg(abs(round(" + name + ") - actual_days))",
                        "avg(pow(" + name + " - actual_days, 2))")
                .first();
        return String.format(Locale.ROOT, "%.3f, %.3f, %.3f", row.getDouble(0), row.getDouble(1), row.getDouble(2));
    }

    private static void difference(String label, List<Double> differences) {
        Interval interval = Bootstrap.meanInterval(
                differences.stream().mapToDouble(Double::doubleValue).toArray(), 1);
        System.out.printf(
                Locale.ROOT, "| %s | %.3f | %.3f to %.3f |%n", label, interval.estimate(), interval.low(), interval.high());
    }
}
