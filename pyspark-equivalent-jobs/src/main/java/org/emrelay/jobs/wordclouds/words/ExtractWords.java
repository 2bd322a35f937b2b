package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.tables.Flags;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TableFormat;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the words of titles.
 *
 * <p>Writes one row for each occurrence of a word in a title of a year, with the weight of the title.
 */
public final class ExtractWords implements Job {
    private final SparkSession session;
    private final Arguments arguments;

    private ExtractWords(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(ExtractWords::create, arguments);
    }

    private static ExtractWords create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new ExtractWords(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        TitleTable titles = titles();
        ExtractionStats stats = ExtractionStats.create(session);
        Dataset<Row> distinctTitles = titles.distinct(stats);
        arguments.language().notice().ifPresent(System.out::println);
        AnnotatorChain annotators = new AnnotatorFactory(session, arguments.language()).create();
        try (BroadcastAnnotators broadcast = BroadcastAnnotators.broadcast(session, annotators)) {
            output.writeParquet(broadcast.words(distinctTitles, stats));
        }
        if (stats.titles().value() == 0) {
            new EmptyOutput(output).delete();
            throw titles.noTitlesFault(stats);
        }
        System.out.println(stats.summary());
    }

    private TitleTable titles() {
        InputTable table = InputTable.read(session, "--titles", arguments.titles(), arguments.declaredFormat());
        return new TitleTable(table, arguments.titleColumn(), arguments.yearColumn(), arguments.weightColumn());
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.titles(), titles -> titles());
    }

    record Arguments(
            String titles,
            @Nullable TableFormat format,
            String titleColumn,
            String yearColumn,
            @Nullable String weightColumn,
            LanguageOptions language,
            String output) {
        private static final List<String> KNOWN = Stream.concat(
                        Stream.of("--titles", "--format", "--title-column", "--year-column", "--weight-column"),
                        Stream.concat(LanguageOptions.FLAGS.stream(), Stream.of("--output")))
                .toList();

        Arguments {
            Objects.requireNonNull(titles, "titles");
            Objects.requireNonNull(titleColumn, "titleColumn");
            Objects.requireNonNull(yearColumn, "yearColumn");
            Objects.requireNonNull(language, "language");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required("--titles"),
                    TableFormat.of(flags, "--format").orElse(null),
                    flags.textOr("--title-column", "product_title"),
                    flags.textOr("--year-column", "year"),
                    flags.optional("--weight-column").orElse(null),
                    LanguageOptions.of(flags),
                    flags.required("--output"));
        }

        /** Returns the declared format; empty for automatic detection. */
        Optional<TableFormat> declaredFormat() {
            return Optional.ofNullable(format);
        }
    }
}
