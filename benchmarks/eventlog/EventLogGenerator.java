import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Repeats the jobs of an event log until it has a size, with new ids and times and more tasks a stage.
 *
 * <p>Writes it to two files: plain, and compressed with Zstandard.
 */
final class EventLogGenerator {
    private static final int TASKS = 25;
    private static final long ROUND_MILLISECONDS = 25_000;
    private static final Pattern SLOT = Pattern.compile(
            "\"(Stage ID|Task ID|Job ID|executionId|Launch Time|Finish Time|Submission Time|Completion Time|time)\":([1-9][0-9]*|0)");

    private EventLogGenerator() {}

    public static void main(String[] arguments) throws IOException {
        List<String> sample;
        try (InputStream log = new ZstdInputStream(Files.newInputStream(Path.of(arguments[0])))) {
            sample = new String(log.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        long size = Long.parseLong(arguments[1]);
        try (OutputStream plain = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2])), 1 << 20);
                OutputStream compressed = new ZstdOutputStream(Files.newOutputStream(Path.of(arguments[3])))) {
            generate(sample, size, plain, compressed);
        }
    }

    private static void generate(List<String> sample, long size, OutputStream... targets) throws IOException {
        List<Template> jobs = new ArrayList<>();
        List<String> end = new ArrayList<>();
        boolean started = false;
        long written = 0;
        for (String line : sample) {
            started |= line.contains("SQLExecutionStart");
            if (line.contains("SparkListenerApplicationEnd")) {
                end.add(line);
            } else if (started) {
                jobs.add(new Template(line));
            } else {
                written += write(line, targets);
            }
        }
        for (long round = 0; written < size; round++) {
            for (Template template : jobs) {
                for (int task = 0; task < template.repetitions(); task++) {
                    written += write(template.line(round, task), targets);
                }
            }
        }
        for (String line : end) {
            write(line, targets);
        }
    }

    private static long write(String line, OutputStream... targets) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        for (OutputStream target : targets) {
            target.write(bytes);
        }
        return bytes.length;
    }

    /** A line whose ids and times are replaced. */
    private static final class Template {
        private final List<String> texts = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Long> values = new ArrayList<>();
        private final boolean isTask;

        Template(String line) {
            isTask = line.startsWith("{\"Event\":\"SparkListenerTask");
            Matcher slot = SLOT.matcher(line);
            int from = 0;
            while (slot.find()) {
                texts.add(line.substring(from, slot.start(2)));
                names.add(slot.group(1));
                values.add(Long.parseLong(slot.group(2)));
                from = slot.end(2);
            }
            texts.add(line.substring(from));
        }

        int repetitions() {
            return isTask ? TASKS : 1;
        }

        String line(long round, int task) {
            StringBuilder line = new StringBuilder(texts.get(0));
            for (int i = 0; i < names.size(); i++) {
                long value = values.get(i);
                line.append(
                        switch (names.get(i)) {
                            case "Task ID" -> (value + 100 * round) * TASKS + task;
                            case "Stage ID", "Job ID", "executionId" -> value + 100 * round;
                            default -> value == 0 ? 0 : value + ROUND_MILLISECONDS * round + task;
                        });
                line.append(texts.get(i + 1));
            }
            return line.toString();
        }
    }
}
