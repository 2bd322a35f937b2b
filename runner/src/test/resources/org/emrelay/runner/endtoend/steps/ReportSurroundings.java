package endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Writes what driver and executors see, one word of each line in Base64: the arguments behind the output, the environment variables that
 * begin with {@code TEST_}, and the files in the working directory that begin with {@code test-}.
 */
public final class ReportSurroundings {
    public static void main(String[] arguments) throws IOException {
        SparkSession spark = SparkSession.builder().getOrCreate();
        List<String> lines = new ArrayList<>();
        Arrays.stream(arguments).skip(2).forEach(argument -> lines.add("argument " + encoded(argument)));
        lines.addAll(surroundings("driver"));
        lines.addAll(JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(1), 1)
                .mapPartitions(one -> surroundings("executor").iterator())
                .collect());
        spark.createDataset(lines, Encoders.STRING()).coalesce(1).write().text(arguments[1]);
    }

    private static List<String> surroundings(String where) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(System.getenv()).entrySet()) {
            if (variable.getKey().startsWith("TEST_")) {
                lines.add(where + "-variable-" + variable.getKey() + " " + encoded(variable.getValue()));
            }
        }
        for (Path file : files(Path.of("").toAbsolutePath())) {
            lines.add(where + "-file " + encoded(file + ": " + Files.readString(file)));
        }
        return lines;
    }

    private static List<Path> files(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                if (entry.getFileName().toString().startsWith("test-")) {
                    // Links to localized files and unpacked archives.
                    try (var files = Files.walk(entry.toRealPath())) {
                        files.filter(Files::isRegularFile)
                                .map(file -> Path.of(entry.getFileName().toString(), real(entry).relativize(file).toString()))
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static Path real(Path link) {
        try {
            return link.toRealPath();
        } catch (IOException exception) {
            throw new java.io.UncheckedIOException(exception);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
