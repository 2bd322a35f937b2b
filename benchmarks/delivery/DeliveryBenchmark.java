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
 * What benchmarks/delivery.sh needs beside the jobs: the earlier system's model trained beside ours, on the same orders, each
 * time with more of the past and judged by the tenth of the log that comes next.
 */
public final class DeliveryBenchmark {
    private static final int TENTHS = 10;
    private static final int FIRST_CUTOFF = 5;

    private final SparkSession session;
    private final String logs;
    private final String products;
    private final String work;

    /** Per order, over all cutoffs: ours less theirs. */
    private final List<Double> absolute = new ArrayList<>();

    private final List<Double> rounded = new ArrayList<>();
    private final List<Double> squared = new ArrayList<>();

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
        System.out.println("| first day judged | training | judged | carrier's estimate: MAE | earlier system: MAE, rounded, MSE"
                + " | default: MAE, rounded, MSE | `loss=squared`: MAE, rounded, MSE |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int tenths = FIRST_CUTOFF; tenths < TENTHS; tenths++) {
            judge(tenths);
        }
        System.out.println();
        System.out.println("| ours less the earlier system's, over all " + absolute.size()
                + " orders judged | mean | 95 % paired bootstrap interval |");
        System.out.println("|---|---|---|");
        difference("MAE, default", absolute);
        difference("MAE of rounded days, default", rounded);
        difference("MSE, `loss=squared`", squared);
    }

    /** Trains on so many tenths of the log and judges by the one that follows; the jobs do what they do in the pipeline. */
    private void judge(int tenths) {
        String place = work + "/" + tenths;
        upTo(tenths + 1).write().mode(SaveMode.Overwrite).option("header", "true").csv(place + "/logs");
        PrepareOrders.main(new String[] {
            "--shipping-logs", place + "/logs", "--product-descriptions", products,
            "--training-fraction", Double.toString(tenths / (tenths + 1.0)), "--output", place + "/prepared"
        });
        BuildFeatures.main(
                new String[] {"--orders", place + "/prepared/training", "--output", place + "/training"});
        BuildFeatures.main(new String[] {
            "--orders", place + "/prepared/validation",
            "--pipeline-model", place + "/training/pipeline-model",
            "--output", place + "/validation"
        });
        Dataset<Row> theirs = earlier(place).select("order_id", "order_date", "expected_days", "actual_days", "earlier");
        Dataset<Row> judged = theirs.join(ours(place, "absolute"), "order_id").join(ours(place, "squared"), "order_id");
        List<Row> rows = judged.cache().orderBy("order_id").select(
                        error("absolute").minus(error("earlier")),
                        abs(round(col("absolute")).minus(col("actual_days")))
                                .minus(abs(round(col("earlier")).minus(col("actual_days")))),
                        pow(error("squared"), 2.0).minus(pow(error("earlier"), 2.0)))
                .collectAsList();
        rows.forEach(row -> {
            absolute.add(row.getDouble(0));
            rounded.add(row.getDouble(1));
            squared.add(row.getDouble(2));
        });
        Row carrier = judged.selectExpr("string(min(order_date))", "avg(abs(expected_days - actual_days))").first();
        System.out.printf(
                Locale.ROOT, "| %s | %d | %d | %.3f | %s | %s | %s |%n",
                carrier.getString(0), session.read().parquet(place + "/training/features").count(), rows.size(),
                carrier.getDouble(1), figures(judged, "earlier"), figures(judged, "absolute"), figures(judged, "squared"));
    }

    /** The first tenths of the log, in whole days. */
    private Dataset<Row> upTo(int tenths) {
        Dataset<Row> log = session.read().option("header", "true").csv(logs)
                .withColumn("day", expr("datediff(to_date(OrderDate, 'M/d/yy'), '2000-01-01')"));
        double last = log.stat().approxQuantile("day", new double[] {tenths / (double) TENTHS}, 0)[0];
        return log.where(col("day").leq(last)).drop("day");
    }

    /** The model of the earlier system: Spark's trees with its defaults but for their number, to the days themselves. */
    private Dataset<Row> earlier(String place) {
        return new GBTRegressor()
                .setMaxIter(32)
                .setLossType("squared")
                .setSeed(1)
                .setLabelCol("actual_days")
                .setPredictionCol("earlier")
                .fit(session.read().parquet(place + "/training/features"))
                .transform(session.read().parquet(place + "/validation/features"));
    }

    private Dataset<Row> ours(String place, String loss) {
        String output = place + "/" + loss;
        TrainModel.main(new String[] {
            "--training-features", place + "/training/features",
            "--validation-features", place + "/validation/features",
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

    private static String figures(Dataset<Row> judged, String name) {
        Row row = judged.selectExpr(
                        "avg(abs(" + name + " - actual_days))",
                        "avg(abs(round(" + name + ") - actual_days))",
                        "avg(pow(" + name + " - actual_days, 2))")
                .first();
        return String.format(Locale.ROOT, "%.3f, %.3f, %.3f", row.getDouble(0), row.getDouble(1), row.getDouble(2));
    }

    private static void difference(String what, List<Double> differences) {
        Interval interval = Bootstrap.meanInterval(
                differences.stream().mapToDouble(Double::doubleValue).toArray(), 1);
        System.out.printf(
                Locale.ROOT, "| %s | %.3f | %.3f to %.3f |%n", what, interval.estimate(), interval.low(), interval.high());
    }
}
