import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.topics.combine.CombinePosts;
import org.emrelay.jobs.topics.combine.Manifest;
import org.emrelay.jobs.topics.posts.GeneratePosts;

/** Compares one new hour on top of 24 with the same hour alone, alternating, for benchmarks/topics-combine.sh. */
public final class CombineBenchmark {
    private static final int HOURS = 24;

    private CombineBenchmark() {}

    private record Timing(double seconds, double cpuSeconds) {}

    public static void main(String[] arguments) throws IOException {
        Path work = Path.of(arguments[0]);
        long posts = Long.parseLong(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            Path generated = work.resolve("generated");
            GeneratePosts.main(new String[] {
                "--posts", Long.toString(posts * HOURS), "--hours", "" + HOURS, "--output", generated.toString()
            });
            Path all = generated.resolve("posts");
            Path alone = Files.createDirectories(work.resolve("alone"));
            Path hour = nextHour(generated.resolve("new"));
            Files.copy(hour, alone.resolve(hour.getFileName()));
            combine(all, output(work, 1));
            Files.copy(hour, all.resolve(hour.getFileName()));
            List<Timing> added = new ArrayList<>();
            List<Timing> single = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                single.add(measured(alone, output(work, 2)));
                requireHours(session, output(work, 2), 1);
                delete(output(work, 2));
                added.add(measured(all, output(work, 3)));
                requireHours(session, output(work, 3), HOURS + 1);
                delete(output(work, 3));
            }
            print(posts, single, added);
        }
    }

    private static Path nextHour(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".gz"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** As the runner names outputs. */
    private static Path output(Path work, int run) {
        return work.resolve("output/topics/20261121-00000" + run + "-ab3f/combine");
    }

    private static void combine(Path posts, Path output) {
        CombinePosts.main(new String[] {"--posts", posts.toString(), "--output", output.toString()});
    }

    private static Timing measured(Path posts, Path output) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        combine(posts, output);
        return new Timing((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    private static void requireHours(SparkSession session, Path output, int hours) {
        int found = Manifest.read(session, output.toString()).hours().size();
        // Alone, the file has some posts of the hour before: elsewhere they are duplicates.
        if (found < hours) {
            throw new IllegalStateException(output + " has " + found + " hours");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void print(long posts, List<Timing> single, List<Timing> added) {
        Timing one = median(single);
        Timing more = median(added);
        System.out.println("| " + posts + " posts an hour | time | CPU time |");
        System.out.println("|---|---|---|");
        System.out.println(row("one hour alone", one));
        System.out.println(row("one hour on top of " + HOURS, more));
        System.out.printf(
                Locale.ROOT,
                "| ratio | %.2f | %.2f |%n",
                more.seconds() / one.seconds(),
                more.cpuSeconds() / one.cpuSeconds());
    }

    private static String row(String name, Timing timing) {
        return String.format(
                Locale.ROOT, "| %s | %.2f s | %.2f s |", name, timing.seconds(), timing.cpuSeconds());
    }

    private static Timing median(List<Timing> timings) {
        List<Timing> sorted = timings.stream()
                .sorted(Comparator.comparingDouble(Timing::cpuSeconds))
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
