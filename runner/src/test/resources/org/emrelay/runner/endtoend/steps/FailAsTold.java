package endtoend;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;

/** Fails in the way that its argument names. */
public final class FailAsTold {
    /** A message for the user. */
    static final class UserFault extends RuntimeException {
        UserFault(String message) {
            super(message);
        }
    }

    public static void main(String[] arguments) throws Exception {
        String way = arguments[0];
        if (way.equals("throw_before_session")) {
            throw new IllegalStateException("there is no session yet");
        } else if (way.equals("exit_before_session")) {
            System.exit(3);
        }
        SparkSession spark = SparkSession.builder().getOrCreate();
        switch (way) {
            case "throw_in_driver" ->
                throw new IllegalArgumentException("rows must be positive: -3", new IOException("rows.csv is missing"));
            case "throw_in_task" -> runTask(spark, one -> one / (one - one));
            case "user_fault" -> throw new UserFault("--titles: s3://bucket/titles has no column 'title'.");
            case "heap_of_driver" -> fillHeap();
            case "heap_of_executor" -> runTask(spark, one -> fillHeap());
            case "memory_of_container" -> runTask(spark, one -> takeNativeMemory());
            case "class_in_driver" -> Class.forName("com.example.Missing");
            case "class_in_task" -> runTask(spark, one -> Class.forName("com.example.Missing").hashCode());
            case "missing_path", "missing_bucket" -> spark.read().parquet(arguments[1]).show();
            case "denied_write" -> spark.range(3).write().parquet(arguments[1]);
            case "missing_column" -> spark.range(3).selectExpr("title").show();
            case "exit_3" -> System.exit(3);
            case "exit_0" -> System.exit(0);
            case "halt" -> Runtime.getRuntime().halt(9);
            default -> throw new IllegalArgumentException("unknown way: " + way);
        }
    }

    private static void runTask(SparkSession spark, Function<Integer, Integer> task) {
        JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(1), 1)
                .map(task)
                .count();
    }

    private static int fillHeap() {
        List<long[]> arrays = new ArrayList<>();
        while (true) {
            arrays.add(new long[1_000_000]);
        }
    }

    /** Takes memory outside the heap until YARN kills the container. */
    private static int takeNativeMemory() throws Exception {
        Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);
        long size = 64L << 20;
        for (int i = 0; i < 24; i++) {
            unsafe.setMemory(unsafe.allocateMemory(size), size, (byte) 1);
        }
        Thread.sleep(60_000);
        return 0;
    }
}
