package org.emrelay.jobs.topics.assign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.topics.model.AssignmentFigures;
import org.emrelay.jobs.topics.model.KeptPosts;
import org.emrelay.jobs.topics.model.PostAssignments;
import org.emrelay.jobs.topics.model.Prevalence;
import org.emrelay.jobs.topics.model.SavedTopics;
import org.emrelay.jobs.topics.model.TopicAssigner;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * Assigns the topics of a saved model to new posts, and measures the drift.
 *
 * <p>Old and new posts must have passed the same filter: otherwise the drift includes the effect of the filter.
 */
public final class AssignTopics implements Job {
    private static final String POSTS = "--posts";
    private static final String TOPICS = "--topics";

    private final SparkSession session;
    private final Arguments arguments;

    private AssignTopics(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(AssignTopics::create, arguments);
    }

    private static AssignTopics create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new AssignTopics(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        SavedTopics topics = SavedTopics.read(session, TOPICS, arguments.topics());
        Dataset<Row> posts = KeptPosts.posts(session, POSTS, arguments.posts());
        Dataset<Row> duplicates = KeptPosts.duplicates(session, POSTS, arguments.posts());
        Dataset<Row> assigned = TopicAssigner.assign(session, posts, topics).persist(StorageLevel.MEMORY_AND_DISK());
        int count = topics.model().topics();
        AssignmentFigures figures = AssignmentFigures.of(assigned, count);
        if (figures.posts() == 0) {
            throw new UserFault(POSTS + ": " + arguments.posts() + " contains no posts.");
        }
        Dataset<Row> all = PostAssignments.withDuplicates(assigned, duplicates);
        String assignments = output.subdirectory("assignments").path().toString();
        all.write().mode(SaveMode.Append).parquet(assignments);
        Prevalence prevalence = Prevalence.of(session.read().parquet(assignments), count);
        output.writeText("prevalence.json", JsonText.of(prevalence.values(topics.names())));
        Drift drift = Drift.of(topics.reference(), figures, arguments.seed());
        output.writeText("drift.json", JsonText.of(report(topics, figures, drift)));
        print(topics, figures, drift);
        assigned.unpersist();
    }

    private static Map<String, Object> report(SavedTopics topics, AssignmentFigures figures, Drift drift) {
        Map<String, Object> report = new LinkedHashMap<>(drift.values());
        report.put("names", topics.names());
        report.put("before", topics.reference().values());
        report.put("now", figures.values());
        return report;
    }

    private static void print(SavedTopics topics, AssignmentFigures figures, Drift drift) {
        System.out.println(String.format(
                Locale.ROOT,
                "Assigned topics to %d posts; %d others contain no word of the vocabulary.",
                figures.posts() - figures.none(),
                figures.none()));
        System.out.println(String.format(
                Locale.ROOT,
                "Topic drift: %.3f; up to %.3f is expected by chance. Known words: %.0f %%, before: %.0f %%.",
                drift.divergence(),
                drift.expected(),
                100 * figures.knownWords(),
                100 * topics.reference().knownWords()));
        System.out.flush();
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.topics(), uri -> SavedTopics.read(session, TOPICS, uri));
        Job.ifExists(session, arguments.posts(), uri -> KeptPosts.posts(session, POSTS, uri));
    }

    record Arguments(String posts, String topics, long seed, String output) {
        private static final List<String> KNOWN = List.of(POSTS, TOPICS, "--seed", "--output");

        Arguments {
            Objects.requireNonNull(posts, "posts");
            Objects.requireNonNull(topics, "topics");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required(POSTS),
                    flags.required(TOPICS),
                    flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                    flags.required("--output"));
        }
    }
}
