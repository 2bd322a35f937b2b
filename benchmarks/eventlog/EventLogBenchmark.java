import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.eventlog.EventLogFiles;
import org.emrelay.runner.eventlog.EventLogLimits;
import org.emrelay.runner.eventlog.EventLogReader;
import org.emrelay.runner.eventlog.EventLogResult;
import org.emrelay.runner.eventlog.EventLogResult.Profiled;
import org.emrelay.runner.eventlog.ListedLogFile;
import org.emrelay.runner.profile.SparkProfile;

/** Reads an event log once, in a fresh JVM, and prints a row of a Markdown table. */
final class EventLogBenchmark {
    private static final double MEGABYTE = 1 << 20;

    private EventLogBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path log = Path.of(arguments[0]);
        String name = log.getFileName().toString();
        long start = System.nanoTime();
        EventLogResult result = EventLogReader.read(
                EventLogFiles.among(List.of(new ListedLogFile(name, Files.size(log)))),
                path -> Files.newInputStream(log),
                EventLogLimits.DEFAULT,
                () -> false);
        double seconds = (System.nanoTime() - start) / 1e9;
        SparkProfile profile = ((Profiled) result).profile();
        if (!profile.complete() || !profile.gaps().isEmpty()) {
            throw new IllegalStateException(profile.gaps().toString());
        }
        double size = Files.size(log.resolveSibling("app-1")) / MEGABYTE;
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %,d | %.1f | %.0f | %.0f |%n",
                name.endsWith(".zstd") ? "zstd" : "plain",
                Files.size(log) / MEGABYTE,
                profile.totals().tasks(),
                seconds,
                size / seconds,
                peakHeap() / MEGABYTE);
    }

    /** With garbage that was not collected yet. */
    private static double peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }
}
