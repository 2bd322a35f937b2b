package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.StreamDefinition;

/** The limits of Firehose, from its API reference and its quotas page. */
public final class DeliveryStreamLimits {
    private static final long MEBIBYTE = 1 << 20;
    private static final long MAX_BUFFER = 128 * MEBIBYTE;
    private static final Duration MAX_BUFFER_TIME = Duration.ofMinutes(15);
    private static final int MAX_PREFIX = 900;

    private DeliveryStreamLimits() {}

    /** The settings in the sink of a stream file that Firehose would reject. */
    public static List<String> problems(StreamDefinition.Sink sink) {
        List<String> problems = new ArrayList<>();
        if (sink.bufferBytes() < MEBIBYTE / 2 || sink.bufferBytes() > MAX_BUFFER) {
            problems.add("buffer_mb: Firehose buffers 1 to 128 MB.");
        }
        if (sink.bufferTime().isNegative() || sink.bufferTime().compareTo(MAX_BUFFER_TIME) > 0) {
            problems.add("buffer_seconds: Firehose buffers 0 to 900 s.");
        }
        addPrefixProblem("prefix", sink.prefix(), problems);
        addPrefixProblem("error_prefix", sink.errorPrefix(), problems);
        if (sink.prefix().startsWith(sink.errorPrefix()) || sink.errorPrefix().startsWith(sink.prefix())) {
            problems.add("error_prefix: '" + sink.errorPrefix() + "' and prefix '" + sink.prefix()
                    + "' must not contain each other, because a reader of the posts would also read the errors.");
        }
        return problems;
    }

    private static void addPrefixProblem(String key, String prefix, List<String> problems) {
        if (prefix.length() > MAX_PREFIX || prefix.startsWith("/") || prefix.contains("!{") || !prefix.endsWith("/")) {
            problems.add(key + ": '" + prefix + "' must end with a slash, not start with one, and have at most "
                    + MAX_PREFIX + " characters and no expressions such as !{timestamp:yyyy}. The hour is"
                    + " appended.");
        }
    }
}
