package org.emrelay.jobs.topics.page;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.topics.page.DroppedRules.Report;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TextFile;

/** Draws the topics page. */
public final class DrawTopics implements Job {
    static final String FILE = "topics.html";

    private final SparkSession session;
    private final Arguments arguments;

    private DrawTopics(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(DrawTopics::create, arguments);
    }

    private static DrawTopics create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new DrawTopics(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        TopicsPage page = page(arguments.topics());
        output.writeText(FILE, page.html());
        System.out.println("Drew " + page.found().topics().size() + " topics: " + output.path() + "/" + FILE);
        System.out.flush();
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.topics(), topics -> {
            found(topics);
            hours(topics);
        });
        arguments
                .combined()
                .ifPresent(uri ->
                        Job.ifExists(session, uri, combined -> report(Arguments.COMBINED, Optional.of(combined))));
        arguments
                .filtered()
                .ifPresent(uri ->
                        Job.ifExists(session, uri, filtered -> report(Arguments.FILTERED, Optional.of(filtered))));
    }

    private TopicsPage page(String topics) {
        return new TopicsPage(
                found(topics),
                hours(topics),
                DroppedRules.parse(
                        report(Arguments.COMBINED, arguments.combined()),
                        report(Arguments.FILTERED, arguments.filtered())),
                arguments.title());
    }

    private FoundTopics found(String topics) {
        String uri = topics + "/" + FoundTopics.FILE;
        return FoundTopics.parse(Arguments.TOPICS, uri, TextFile.read(session, Arguments.TOPICS, uri));
    }

    private TopicHours hours(String topics) {
        String uri = topics + "/" + TopicHours.FILE;
        return TopicHours.parse(Arguments.TOPICS, uri, TextFile.read(session, Arguments.TOPICS, uri));
    }

    private Report report(String flag, Optional<String> directory) {
        return directory
                .map(uri -> uri + "/report.json")
                .map(uri -> new Report(flag, uri, TextFile.read(session, flag, uri)))
                .orElseGet(Report::none);
    }

    /**
     * The flags of the job.
     *
     * @param filtered the output of the step that filters posts; empty to omit what it dropped
     * @param combined the output of the step that combines files; empty to omit what it dropped
     */
    record Arguments(String topics, Optional<String> filtered, Optional<String> combined, String title, String output) {
        static final String TOPICS = "--topics";
        static final String FILTERED = "--filtered";
        static final String COMBINED = "--combined";

        private static final List<String> KNOWN = List.of(TOPICS, FILTERED, COMBINED, "--title", "--output");

        Arguments {
            Objects.requireNonNull(topics, "topics");
            Objects.requireNonNull(filtered, "filtered");
            Objects.requireNonNull(combined, "combined");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required(TOPICS),
                    flags.optional(FILTERED),
                    flags.optional(COMBINED),
                    flags.textOr("--title", TopicsPage.DEFAULT_TITLE),
                    flags.required("--output"));
        }
    }
}
