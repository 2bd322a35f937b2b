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
 * Initializes Spark classes while the process waits for its command.
 *
 * <p>It touches only what no setting of a step can change and creates no SparkContext, so the step starts in a clean
 * process.
 */
final class WarmUp {

    interface Part {
        void run() throws Exception;
    }

    static final List<Part> PARTS = List.of(
            WarmUp::logging,
            WarmUp::hadoopFileSystem,
            WarmUp::sqlQuery,
            WarmUp::generatedCode,
            WarmUp::rowEncoders,
            WarmUp::rddScopes,
            WarmUp::rpc);

    private WarmUp() {}

    static void runUntil(BooleanSupplier commandReceived) {
        run(PARTS, commandReceived);
    }

    /** Sequentially, on the calling thread: class initialization in two threads at once can deadlock. */
    static void run(List<Part> parts, BooleanSupplier stop) {
        for (Part part : parts) {
            if (stop.getAsBoolean()) {
                return;
            }
            try {
                part.run();
            } catch (Exception | LinkageError unavailable) {
                // Another Spark version or an unusual host. If it matters, the step itself fails and reports it.
            }
        }
    }

    private static void logging() {
        LoggerFactory.getLogger(WarmUp.class).debug("warm");
    }

    /** Not FileSystem.get: it would cache this instance for the step, regardless of the step's settings. */
    private static void hadoopFileSystem() throws IOException {
        Configuration configuration = SparkHadoopUtil.get().newConfiguration(new SparkConf());
        try (LocalFileSystem files = new LocalFileSystem()) {
            files.initialize(URI.create("file:///"), configuration);
            files.exists(new Path("/"));
        }
    }

    private static void sqlQuery() throws Exception {
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

    /** The first encoder initializes Scala reflection, the slowest part of a small step. */
    private static void rowEncoders() {
        Encoders.scalaLong();
        StructType schema = new StructType().add("id", DataTypes.LongType).add("name", DataTypes.StringType);
        ExpressionEncoder$.MODULE$.apply(schema).createSerializer().apply(RowFactory.create(1L, "a"));
    }

    private static void rddScopes() {
        new RDDOperationScope("warm", Option.empty(), "0").toJson();
    }

    private static void rpc() {
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
