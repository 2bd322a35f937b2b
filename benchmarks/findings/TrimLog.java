import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Removes from an event log what says nothing about time and resources, such as class paths, and compresses it: TrimLog FROM TO. Prints
 * the seconds of the application, and those of its executors.
 */
public final class TrimLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> EVENTS = Set.of(
            "SparkListenerLogStart",
            "SparkListenerApplicationStart",
            "SparkListenerApplicationEnd",
            "SparkListenerEnvironmentUpdate",
            "SparkListenerExecutorAdded",
            "SparkListenerExecutorRemoved",
            "SparkListenerStageSubmitted",
            "SparkListenerStageCompleted",
            "SparkListenerStageExecutorMetrics",
            "SparkListenerTaskStart",
            "SparkListenerTaskEnd",
            "org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart",
            "org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate",
            "org.apache.spark.sql.execution.ui.SparkListenerDriverAccumUpdates");
    private static final List<String> REMOVED = List.of(
            "Hadoop Properties",
            "System Properties",
            "Metrics Properties",
            "Classpath Entries",
            "Accumulables",
            "RDD Info",
            "Parent IDs",
            "Details",
            "Properties",
            "Stage Accumulables",
            "Updated Blocks",
            "details",
            "physicalPlanDescription",
            "jobTags",
            "modifiedConfigs");

    private final Map<String, Long> executors = new HashMap<>();
    private long start;
    private long end;
    private long executorMillis;

    public static void main(String[] args) throws Exception {
        new TrimLog().trim(args[0], args[1]);
    }

    private void trim(String from, String to) throws Exception {
        try (BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new ZstdInputStream(Files.newInputStream(Path.of(from))), StandardCharsets.UTF_8));
                OutputStream out = new ZstdOutputStream(Files.newOutputStream(Path.of(to)), 19)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ObjectNode event = (ObjectNode) JSON.readTree(line);
                measure(event);
                if (EVENTS.contains(event.get("Event").asText())) {
                    trim(event);
                    out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        executors.values().forEach(since -> executorMillis += end - since);
        System.out.printf(Locale.ROOT, "%.1f %.1f%n", (end - start) / 1e3, executorMillis / 1e3);
    }

    private void measure(ObjectNode event) {
        long time = event.path("Timestamp").asLong();
        String executor = event.path("Executor ID").asText();
        switch (event.get("Event").asText()) {
            case "SparkListenerApplicationStart" -> start = time;
            case "SparkListenerApplicationEnd" -> end = time;
            case "SparkListenerExecutorAdded" -> executors.put(executor, time);
            case "SparkListenerExecutorRemoved" -> {
                Long since = executors.remove(executor);
                executorMillis += since == null ? 0 : time - since;
            }
            default -> {}
        }
    }

    private static void trim(ObjectNode node) {
        node.remove(REMOVED);
        node.forEach(child -> {
            if (child instanceof ObjectNode object) {
                trim(object);
            }
        });
        if (node.get("Spark Properties") instanceof ObjectNode properties) {
            properties.remove(List.of("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions", "spark.repl.local.jars",
                    "spark.jars", "spark.local.dir", "spark.eventLog.dir", "spark.app.initial.jar.urls", "spark.driver.host"));
        }
    }
}
