package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.topics.lda.FitThreads;
import org.emrelay.jobs.topics.text.PostTokens;
import org.emrelay.jobs.topics.text.TokenSettings;
import org.emrelay.jobs.topics.text.WordFile;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/** Finds the topics of posts, saves the model, and assigns a topic to every post, duplicates included. */
public final class FindTopics implements Job {
    static final String MODEL = "model";

    private static final String ASSIGNMENTS = "assignments";
    private static final int EXAMPLES = 8;

    /** The minimum number of words in an example: shorter posts are poor evidence. */
    private static final int EXAMPLE_WORDS = 5;

    private final SparkSession session;
    private final TopicArguments arguments;

    private FindTopics(SparkSession session, TopicArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(FindTopics::create, arguments);
    }

    private static FindTopics create(String[] arguments) {
        TopicArguments parsed = TopicArguments.parse(arguments);
        return new FindTopics(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        TopicNames names = names();
        TokenSettings tokenSettings = tokenSettings();
        Dataset<Row> posts = KeptPosts.posts(session, TopicArguments.POSTS, arguments.posts());
        Dataset<Row> tokens = TokenizedPosts.of(session, posts, new PostTokens(tokenSettings))
                .select(TokenizedPosts.DRAW, TokenizedPosts.TOKENS)
                .persist(StorageLevel.MEMORY_AND_DISK());
        long found = tokens.count();
        TopicVocabulary vocabulary = TopicVocabulary.of(tokens, found, arguments);
        requireTerms(vocabulary, found);
        names.requireKnown(vocabulary);
        long start = System.nanoTime();
        EncodedPosts encoded = EncodedPosts.collect(tokens, found, vocabulary, arguments);
        requireEnough(encoded, found);
        TopicFit fit;
        Path checkpoints = new Path(output.path(), "_checkpoints");
        SparkLda spark = new SparkLda(tokens, vocabulary, arguments, checkpoints.toString());
        try (FitThreads threads = FitThreads.of(Runtime.getRuntime().availableProcessors())) {
            fit = TopicFit.of(encoded, arguments, spark, threads);
        } finally {
            delete(output, checkpoints);
        }
        System.out.println(
                String.format(Locale.ROOT, "Fitted the topics in %.1f s.", (System.nanoTime() - start) / 1e9));
        tokens.unpersist();
        write(output, new Found(tokenSettings, vocabulary, encoded, fit, names), posts);
    }

    /** The results before topics are assigned to posts. */
    private record Found(
            TokenSettings tokens, TopicVocabulary vocabulary, EncodedPosts posts, TopicFit fit, TopicNames names) {
        SavedTopics saved(AssignmentFigures figures) {
            List<Double> shares = new ArrayList<>();
            for (double share : fit.shares()) {
                shares.add(share);
            }
            return new SavedTopics(
                    tokens,
                    vocabulary,
                    fit.model(),
                    names.of(new TopicTerms(fit.model(), vocabulary.terms(), fit.shares())),
                    shares,
                    figures);
        }
    }

    private static void delete(OutputDirectory output, Path directory) {
        try {
            output.fileSystem().delete(directory, true);
        } catch (IOException failed) {
            throw new UncheckedIOException("deleting " + directory + " failed", failed);
        }
    }

    private void write(OutputDirectory output, Found found, Dataset<Row> posts) {
        SavedTopics unmeasured = found.saved(AssignmentFigures.NONE);
        Dataset<Row> assigned =
                TopicAssigner.assign(session, posts, unmeasured).persist(StorageLevel.MEMORY_AND_DISK());
        int topics = found.fit().model().topics();
        AssignmentFigures figures = AssignmentFigures.of(assigned, topics);
        SavedTopics saved = found.saved(figures);
        saved.write(session, output.subdirectory(MODEL));
        Dataset<Row> duplicates = KeptPosts.duplicates(session, TopicArguments.POSTS, arguments.posts());
        Dataset<Row> all = PostAssignments.withDuplicates(assigned, duplicates);
        Path assignments = output.subdirectory(ASSIGNMENTS).path();
        all.write().mode(SaveMode.Append).parquet(assignments.toString());
        Dataset<Row> written = session.read().parquet(assignments.toString());
        Prevalence prevalence = Prevalence.of(written, topics);
        output.writeText("prevalence.json", JsonText.of(prevalence.values(saved.names())));
        TopicsDocument document = new TopicsDocument(
                arguments,
                found.posts(),
                found.fit(),
                saved,
                duplicates.count(),
                assigned.where(col(TopicAssigner.PROBABILITY).lt(0.5)).count(),
                PostExamples.of(assigned, topics, EXAMPLES, EXAMPLE_WORDS));
        output.writeText("topics.json", JsonText.of(document.values()));
        print(saved);
        assigned.unpersist();
    }

    private static void print(SavedTopics saved) {
        List<Long> byTopic = saved.reference().byTopic();
        for (int topic = 0; topic < byTopic.size(); topic++) {
            System.out.println(
                    "Topic " + topic + ": " + saved.names().get(topic) + " (" + byTopic.get(topic) + " posts)");
        }
        System.out.println(saved.reference().none() + " of " + saved.reference().posts()
                + " posts contain no word of the vocabulary and have no topic.");
        System.out.flush();
    }

    private TopicNames names() {
        String file = arguments.names();
        return file == null
                ? new TopicNames(Map.of())
                : TopicNames.parse(file, WordFile.read(session, "--names", file));
    }

    private TokenSettings tokenSettings() {
        TopicArguments.TokenFlags flags = arguments.tokens();
        String file = flags.stopWords();
        return new TokenSettings(
                flags.language(),
                flags.minLength(),
                flags.bigrams(),
                file == null ? List.of() : WordFile.read(session, "--stop-words", file));
    }

    private void requireTerms(TopicVocabulary vocabulary, long posts) {
        if (posts == 0) {
            throw new UserFault(TopicArguments.POSTS + ": " + arguments.posts() + " contains no posts.");
        }
        if (vocabulary.size() < 2) {
            throw new UserFault("The vocabulary of the " + posts + " posts has " + vocabulary.size()
                    + " terms, too few for topics: a term must occur in at least " + arguments.minPosts()
                    + " posts and in at most " + Math.round(100 * arguments.maxShare())
                    + " % of them. Lower --min-posts or --min-length, or raise --max-share.");
        }
    }

    private void requireEnough(EncodedPosts posts, long found) {
        int least = arguments.topics() == null ? arguments.minTopics() : arguments.topics();
        if (posts.train().size() < least) {
            throw new UserFault("Only " + posts.train().size() + " of " + found + " posts have at least "
                    + arguments.minWords() + " words of the vocabulary, too few for " + least
                    + " topics. Lower --topics, --min-words or --min-posts.");
        }
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.posts(), uri -> KeptPosts.posts(session, TopicArguments.POSTS, uri));
    }
}
