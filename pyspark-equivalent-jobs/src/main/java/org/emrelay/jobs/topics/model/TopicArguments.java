package org.emrelay.jobs.topics.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.jobs.topics.lda.LdaSettings;
import org.emrelay.tables.Flags;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * The flags of the job that finds topics.
 *
 * @param topics the number of topics; null to choose one between {@code minTopics} and {@code maxTopics}
 * @param iterations the number of sweeps of Gibbs sampling, or of iterations of Spark's LDA
 * @param seeds the number of models to fit, which shows how much the topics depend on the seed
 * @param minPosts terms in fewer posts are ignored
 * @param maxShare terms in a larger share of the posts are ignored
 * @param minWords posts with fewer known words are not used to fit the model, but still get a topic
 * @param fitPosts the maximum number of posts to fit the model on, drawn at random
 * @param names a file with names of topics; null to name topics by their terms
 */
record TopicArguments(
        String posts,
        String output,
        @Nullable Integer topics,
        int minTopics,
        int maxTopics,
        Method method,
        int iterations,
        @Nullable Double alpha,
        @Nullable Double beta,
        long seed,
        int seeds,
        int vocabulary,
        int minPosts,
        double maxShare,
        int minWords,
        boolean idf,
        int fitPosts,
        TokenFlags tokens,
        @Nullable String names) {
    static final String POSTS = "--posts";

    private static final String TOPICS = "--topics";
    private static final String AUTO = "auto";
    private static final List<String> KNOWN = List.of(
            POSTS,
            "--output",
            TOPICS,
            "--min-topics",
            "--max-topics",
            "--method",
            "--iterations",
            "--alpha",
            "--beta",
            "--seed",
            "--seeds",
            "--vocabulary",
            "--min-posts",
            "--max-share",
            "--min-words",
            "--idf",
            "--fit-posts",
            "--language",
            "--min-length",
            "--bigrams",
            "--stop-words",
            "--names");

    /** The algorithm that finds the topics. */
    enum Method {
        /** Gibbs sampling in memory. */
        GIBBS,
        /** Spark's LDA with expectation maximization. */
        EM,
        /** Spark's LDA with online variational inference. */
        ONLINE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param stopWords the file with additional stop words; null if there is none */
    record TokenFlags(
            String language,
            int minLength,
            boolean bigrams,
            @Nullable String stopWords) {
        TokenFlags {
            Objects.requireNonNull(language, "language");
        }
    }

    TopicArguments {
        Objects.requireNonNull(posts, "posts");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(tokens, "tokens");
    }

    static TopicArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        Method method = Method.valueOf(flags.choiceOr("--method", "gibbs", List.of("gibbs", "em", "online"))
                .toUpperCase(Locale.ROOT));
        int minTopics = (int) flags.wholeNumberOr("--min-topics", 2, 2, LdaSettings.MAX_TOPICS);
        int maxTopics = (int) flags.wholeNumberOr("--max-topics", 12, 2, LdaSettings.MAX_TOPICS);
        Integer topics = topics(flags);
        if (topics == null && minTopics > maxTopics) {
            throw new UserFault(
                    "--min-topics (" + minTopics + ") must not be greater than --max-topics (" + maxTopics + ").");
        }
        if (topics == null && method != Method.GIBBS) {
            throw new UserFault(
                    "--topics auto fits many models, and only --method gibbs is fast enough for that. Set --topics to a number.");
        }
        Double alpha = number(flags, "--alpha");
        if (method == Method.EM && alpha != null && alpha <= 1) {
            throw new UserFault("--alpha must be greater than 1 with --method em, not " + alpha + ".");
        }
        return new TopicArguments(
                flags.required(POSTS),
                flags.required("--output"),
                topics,
                minTopics,
                maxTopics,
                method,
                (int) flags.wholeNumberOr("--iterations", method == Method.GIBBS ? 200 : 85, 1, 10_000),
                alpha,
                number(flags, "--beta"),
                flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                (int) flags.wholeNumberOr("--seeds", method == Method.GIBBS ? 5 : 1, 1, 50),
                (int) flags.wholeNumberOr("--vocabulary", 20_000, 2, 200_000),
                (int) flags.wholeNumberOr("--min-posts", 3, 1, Integer.MAX_VALUE),
                flags.numberOr("--max-share", 0.5, 0, 1),
                (int) flags.wholeNumberOr("--min-words", 2, 1, 1_000),
                flags.isSet("--idf"),
                (int) flags.wholeNumberOr("--fit-posts", 200_000, 10, 5_000_000),
                new TokenFlags(
                        flags.textOr("--language", "any"),
                        (int) flags.wholeNumberOr("--min-length", 3, 1, 100),
                        flags.isSet("--bigrams"),
                        flags.optional("--stop-words").orElse(null)),
                flags.optional("--names").orElse(null));
    }

    private static @Nullable Integer topics(Flags flags) {
        Optional<String> given = flags.optional(TOPICS);
        return given.filter(AUTO::equals).isPresent()
                ? null
                : Integer.valueOf((int) flags.wholeNumberOr(TOPICS, 4, 1, LdaSettings.MAX_TOPICS));
    }

    private static @Nullable Double number(Flags flags, String name) {
        return flags.optional(name).isEmpty() ? null : Double.valueOf(flags.numberOr(name, 1, 1e-6, 1_000));
    }
}
