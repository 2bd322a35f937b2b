package org.emrelay.stepprocess;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.rdd.RDDOperationScope;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.analysis.SimpleAnalyzer$;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder$;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.optimizer.SimpleTestOptimizer$;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Spends the wait for the command on what every step has to do first. Only on what no setting of a step can change,
 * and without a SparkContext: a step finds its process as fresh as any.
 */
final class WarmUp {

    interface Part {
        void run() throws Exception;
    }

    static final List<Part> PARTS = List.of(
            WarmUp::logging,
            WarmUp::hadoop,
            WarmUp::query,
            WarmUp::generatedCode,
            WarmUp::rows,
            WarmUp::scopes,
            WarmUp::network);

    private WarmUp() {}

    static void until(BooleanSupplier asked) {
        run(PARTS, asked);
    }

    /** Part by part on this very thread: classes that two threads initialise at once can lock each other out. */
    static void run(List<Part> parts, BooleanSupplier asked) {
        for (Part part : parts) {
            if (asked.getAsBoolean()) {
                return;
            }
            try {
                part.run();
            } catch (Exception | LinkageError notHere) {
                // Another version of Spark, or an odd machine: if it matters, the step itself will say so.
            }
        }
    }

    private static void logging() {
        LoggerFactory.getLogger(WarmUp.class).debug("warm");
    }

    /** Not by FileSystem.get, which would keep this instance for the step, whatever the step's settings. */
    private static void hadoop() throws IOException {
        Configuration configuration = SparkHadoopUtil.get().newConfiguration(new SparkConf());
        try (LocalFileSystem files = new LocalFileSystem()) {
            files.initialize(URI.create("file:///"), configuration);
            files.exists(new Path("/"));
        }
    }

    private static void query() throws Exception {
        LogicalPlan plan = CatalystSqlParser$.MODULE$.parsePlan("""
                SELECT name, count(1) AS n, max(CAST(id AS DOUBLE)) AS top
                FROM VALUES (1, 'a'), (2, 'b') AS t(id, name)
                WHERE id > 0 AND name LIKE 'a%' GROUP BY name ORDER BY n DESC LIMIT 3
                """);
        SimpleTestOptimizer$.MODULE$.execute(SimpleAnalyzer$.MODULE$.execute(plan));
    }

    private static void generatedCode() {
        UnsafeProjection$.MODULE$.create(new DataType[] {DataTypes.LongType, DataTypes.StringType});
    }

    /** Scala's reflection, which comes with the first encoder, is the slowest thing that a small step meets. */
    private static void rows() {
        Encoders.scalaLong();
        StructType schema = new StructType().add("id", DataTypes.LongType).add("name", DataTypes.StringType);
        ExpressionEncoder$.MODULE$.apply(schema).createSerializer().apply(RowFactory.create(1L, "a"));
    }

    private static void scopes() {
        new RDDOperationScope("warm", Option.empty(), "0").toJson();
    }

    private static void network() {
        SparkConf conf = new SparkConf(false);
        RpcEnv env = RpcEnv.create(
                "warm",
                "localhost",
                0,
                conf,
                new SecurityManager(conf, Option.empty(), SecurityManager.$lessinit$greater$default$3()),
                false);
        env.shutdown();
        env.awaitTermination();
    }
}
