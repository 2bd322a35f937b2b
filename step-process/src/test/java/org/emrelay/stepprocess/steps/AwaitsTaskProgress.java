package org.emrelay.stepprocess.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;

/** Blocks the last of three tasks until the file that it is passed has the text that it is passed. */
public final class AwaitsTaskProgress {

    private static final CountDownLatch REPORTED = new CountDownLatch(1);

    private AwaitsTaskProgress() {}

    public static void main(String[] args) throws Exception {
        try (JavaSparkContext spark = new JavaSparkContext()) {
            Future<Void> job = spark.parallelize(List.of(0, 1, 2), 3).foreachAsync(number -> {
                if (number == 2) {
                    REPORTED.await();
                }
            });
            awaitText(Path.of(args[0]), args[1]);
            REPORTED.countDown();
            job.get();
            awaitText(Path.of(args[0]), "{}");
        }
    }

    private static void awaitText(Path file, String expected) throws IOException, InterruptedException {
        String text = "";
        while (!text.equals(expected)) {
            Thread.sleep(20);
            String read = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!read.equals(text)) {
                System.out.println(read);
            }
            text = read;
        }
    }
}
