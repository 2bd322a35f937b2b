import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.topics.combine.CombinePosts;
import org.emrelay.jobs.topics.filter.FilterPosts;
import org.emrelay.jobs.topics.posts.GeneratePosts;
import org.emrelay.jobs.topics.text.PostTokens;
import org.emrelay.jobs.topics.text.TokenSettings;

/** Measures the filter of the topics pipeline, and the tokens of posts on one core, for benchmarks/topics-filter.sh. */
public final class TopicsFilterBenchmark {
    private static final int ROUNDS = 5;

    private TopicsFilterBenchmark() {}

    public static void main(String[] arguments) {
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            String posts = arguments[1];
            switch (arguments[0]) {
                case "generate":
                    GeneratePosts.main(new String[] {"--posts", arguments[2], "--output", posts + "/generated"});
                    CombinePosts.main(
                            new String[] {"--posts", posts + "/generated/posts", "--output", posts + "/combined"});
                    break;
                case "filter":
                    filter(session, posts + "/combined", arguments[2]);
                    break;
                case "tokens":
                    tokens(session, posts + "/combined");
                    break;
                default:
                    throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    private static void filter(SparkSession session, String posts, String output) {
        long count = session.read().parquet(posts + "/posts").count();
        long cpuStart = cpuNanos();
        long start = System.nanoTime();
        FilterPosts.main(new String[] {"--posts", posts, "--output", output});
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - cpuStart) / 1e9;
        long kept = session.read().parquet(output + "/posts").count();
        long duplicates = session.read().parquet(output + "/duplicates").count();
        System.out.println(String.format(
                Locale.ROOT,
                "| %d | %d | %d | %.1f s | %.1f s | %.1f |",
                count,
                kept,
                duplicates,
                seconds,
                cpuSeconds,
                seconds * 1e6 / count));
        System.err.println("seconds " + seconds);
        System.err.println("CPU seconds " + cpuSeconds);
    }

    private static void tokens(SparkSession session, String posts) {
        List<String> texts = session.read()
                .parquet(posts + "/posts")
                .select("text")
                .limit(200_000)
                .as(Encoders.STRING())
                .collectAsList();
        PostTokens tokens = new PostTokens(TokenSettings.of("en"));
        double best = Double.MAX_VALUE;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            found = 0;
            long start = System.nanoTime();
            for (String text : texts) {
                found += tokens.tokens(text, "en").size();
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e3 / texts.size());
        }
        System.out.println(String.format(
                Locale.ROOT,
                "Tokens on one core: %.1f µs per post (%.1f tokens each), the best of %d rounds of %d posts.",
                best,
                (double) found / texts.size(),
                ROUNDS,
                texts.size()));
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
