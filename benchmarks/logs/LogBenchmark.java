import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.emrelay.runner.diagnosis.CauseFinder;

/**
 * Measures how fast the cause of a failure is found in logs of several kinds, and prints a Markdown table.
 *
 * <p>Counts the thread's processor time, so that other work on the machine changes little.
 */
final class LogBenchmark {
    private static final int BYTES = 32 << 20;
    private static final int ROUNDS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LogBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
        kinds.put("INFO lines of Spark", LogBenchmark::info);
        kinds.put("output of the program", LogBenchmark::output);
        kinds.put("failed tasks, one line each", LogBenchmark::failedTask);
        kinds.put("failed tasks with stack traces", LogBenchmark::stackTrace);
        kinds.put("a mix of all", LogBenchmark::mix);
        System.out.println("| log | MB/s |");
        System.out.println("|---|---|");
        for (Map.Entry<String, IntFunction<String>> kind : kinds.entrySet()) {
            System.out.printf(Locale.ROOT, "| %s | %.0f |%n", kind.getKey(), megabytesPerSecond(kind.getValue()));
        }
    }

    private static double megabytesPerSecond(IntFunction<String> line) throws Exception {
        StringBuilder text = new StringBuilder(BYTES + 4_000);
        for (int i = 0; text.length() < BYTES; i++) {
            text.append(line.apply(i)).append('\n');
        }
        byte[] log = text.toString().getBytes(StandardCharsets.UTF_8);
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            CauseFinder.find(new ByteArrayInputStream(log), UnaryOperator.identity());
            best = Math.max(best, log.length * 1e3 / (THREADS.getCurrentThreadCpuTime() - start));
        }
        return best;
    }

    private static String info(int i) {
        return "26/11/29 03:45:" + (10 + i % 50) + " INFO TaskSetManager: Finished task " + i + ".0 in stage 3.0 (TID " + i
                + ") in 1234 ms on ip-10-0-0-17.ec2.internal (executor 4) (" + i + "/200000)";
    }

    private static String output(int i) {
        return "processed " + i + " of 3000000 titles, " + (i * 7) + " words: 'the', 'of', 'and' lead; memory at " + i % 90 + " percent";
    }

    private static String failedTask(int i) {
        return "26/11/29 03:45:" + (10 + i % 50) + " WARN TaskSetManager: Lost task " + i + ".0 in stage 3.0 (TID " + i
                + ") (ip-10-0-0-17.ec2.internal executor 4): java.lang.IllegalStateException: title " + i + " is empty";
    }

    private static String stackTrace(int i) {
        return failedTask(i) + "\n\tat org.example.jobs.Words.split(Words.java:" + i % 900 + ")"
                + "\n\tat org.apache.spark.sql.catalyst.expressions.GeneratedClass$GeneratedIteratorForCodegenStage1.processNext(Unknown Source)".repeat(15)
                + "\nCaused by: java.lang.NullPointerException: text " + i + "\n\tat org.example.jobs.Text.of(Text.java:12)\n\t... 16 more";
    }

    private static String mix(int i) {
        return i % 20 == 0 ? stackTrace(i) : i % 3 == 0 ? output(i) : info(i);
    }
}
