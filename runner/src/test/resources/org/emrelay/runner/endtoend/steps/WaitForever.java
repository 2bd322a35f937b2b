package endtoend;

import org.apache.spark.sql.SparkSession;

/** Waits with a running session until its process is killed. */
public final class WaitForever {
    public static void main(String[] arguments) throws InterruptedException {
        SparkSession.builder().getOrCreate();
        Thread.sleep(Long.MAX_VALUE);
    }
}
