package org.emrelay.jobs;

import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import scala.reflect.ClassTag$;

/**
 * Provides the Spark settings that spark-submit passes to a job; all tests share one session.
 *
 * <p>Its serializer is Kryo, which a cluster may set and which rejects more classes than Spark's default.
 */
public final class LocalSpark implements BeforeAllCallback, AfterAllCallback {
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.master", "local[2]",
            "spark.app.name", "tests",
            "spark.ui.enabled", "false",
            "spark.driver.host", "localhost",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
            "spark.sql.shuffle.partitions", "2");

    @Override
    public void beforeAll(ExtensionContext context) {
        SETTINGS.forEach(System::setProperty);
    }

    /** Drops what the jobs have cached: Spark compares each query with every cached one. */
    @Override
    public void afterAll(ExtensionContext context) {
        session().catalog().clearCache();
    }

    public static SparkSession session() {
        SETTINGS.forEach(System::setProperty);
        return JobSession.getOrCreate();
    }

    /** Serialized and deserialized as tasks' results, shuffled data and broadcast variables are. */
    public static Object copied(Object value) {
        session();
        SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
        return serializer.deserialize(serializer.serialize(value, ClassTag$.MODULE$.Any()), ClassTag$.MODULE$.Any());
    }

    public static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session().sparkContext());
    }
}
