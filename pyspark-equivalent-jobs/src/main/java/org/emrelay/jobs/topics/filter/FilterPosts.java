package org.emrelay.jobs.topics.filter;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.language.Language;
import org.emrelay.jobs.topics.combine.CombinedPosts;
import org.emrelay.jobs.topics.text.TokenSettings;
import org.emrelay.jobs.topics.text.WordFile;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * Drops posts with unwanted terms, posts in other languages, reposts, repeated texts and near-duplicates.
 *
 * <p>Writes the kept posts, the duplicates of kept posts with the ids of their originals, and a report with examples for each rule.
 */
public final class FilterPosts implements Job {
    private static final String POSTS = "--posts";
    private static final String UNWANTED = "--unwanted";

    private final SparkSession session;
    private final Arguments arguments;

    private FilterPosts(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(FilterPosts::create, arguments);
    }

    private static FilterPosts create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new FilterPosts(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        FilterSettings settings = arguments.settings(unwantedTerms());
        // On disk only: the tasks need the memory, and each pass below reads only a few columns.
        Dataset<Row> labelled =
                TextGroups.label(PostClassifier.classify(posts(), settings)).persist(StorageLevel.DISK_ONLY());
        try {
            write(labelled, settings, output);
        } finally {
            labelled.unpersist(true);
        }
    }

    private void write(Dataset<Row> labelled, FilterSettings settings, OutputDirectory output) {
        RuleCounts counts = RuleCounts.of(labelled);
        FilterReport.requireKept(counts, POSTS, arguments.posts());
        List<NearDuplicate> nearDuplicates = nearDuplicates(labelled, settings);
        FilteredPosts filtered = new FilteredPosts(labelled, nearDuplicates);
        output.subdirectory("posts").writeParquet(filtered.posts());
        output.subdirectory("duplicates").writeParquet(filtered.duplicates(counts.repostsToResolve() > 0));
        FilterReport report =
                new FilterReport(settings, counts, nearDuplicates.size(), filtered.nearDuplicateExamples());
        output.writeText("report.json", report.json());
        report.print();
    }

    private static List<NearDuplicate> nearDuplicates(Dataset<Row> labelled, FilterSettings settings) {
        if (settings.similarity() == 1) {
            return List.of();
        }
        Dataset<Row> compared = FilteredPosts.kept(labelled).where(not(col(FilterColumns.REPOST)));
        return new NearDuplicates(settings.similarity(), settings.seed()).find(compared);
    }

    private Dataset<Row> posts() {
        return CombinedPosts.read(session, POSTS, arguments.posts());
    }

    private List<String> unwantedTerms() {
        List<String> terms = arguments
                .unwanted()
                .map(uri -> WordFile.read(session, UNWANTED, uri))
                .orElse(List.of());
        for (String term : terms) {
            if (!UnwantedTerms.hasWord(term)) {
                throw new UserFault(UNWANTED + ": '" + term + "' in "
                        + arguments.unwanted().orElseThrow()
                        + " contains no word. A term is a word, phrase, hashtag or mention.");
            }
        }
        return terms;
    }

    @Override
    public void check() {
        unwantedTerms();
        Job.ifExists(session, arguments.posts(), posts -> posts());
    }

    record Arguments(
            String posts,
            @Nullable String unwantedFile,
            String language,
            boolean keepsUnknown,
            boolean keepsReposts,
            double similarity,
            long seed,
            String output) {
        private static final String LANGUAGE = "--language";
        /** Tolerates one replaced word in 13. */
        private static final double DEFAULT_SIMILARITY = 0.7;

        private static final double MIN_SIMILARITY = 0.5;
        private static final List<String> KNOWN = List.of(
                POSTS,
                UNWANTED,
                LANGUAGE,
                "--unknown-language",
                "--keep-reposts",
                "--similarity",
                "--seed",
                "--output");

        Arguments {
            Objects.requireNonNull(posts, "posts");
            Objects.requireNonNull(language, "language");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required(POSTS),
                    flags.optional(UNWANTED).orElse(null),
                    language(flags),
                    flags.choiceOr("--unknown-language", "keep", List.of("keep", "drop"))
                            .equals("keep"),
                    flags.isSet("--keep-reposts"),
                    flags.numberOr("--similarity", DEFAULT_SIMILARITY, MIN_SIMILARITY, 1),
                    flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                    flags.required("--output"));
        }

        private static String language(Flags flags) {
            String given = flags.textOr(LANGUAGE, Language.ENGLISH.code());
            if (given.equals(TokenSettings.ANY)) {
                return given;
            }
            return Language.ofTag(given)
                    .map(Language::code)
                    .filter(code -> code.matches("[a-z]{2,3}"))
                    .orElseThrow(() -> new UserFault(
                            LANGUAGE + " must be 'any' or a language code such as en, not '" + given + "'."));
        }

        Optional<String> unwanted() {
            return Optional.ofNullable(unwantedFile);
        }

        FilterSettings settings(List<String> unwantedTerms) {
            return new FilterSettings(unwantedTerms, language, keepsUnknown, keepsReposts, similarity, seed);
        }
    }
}
