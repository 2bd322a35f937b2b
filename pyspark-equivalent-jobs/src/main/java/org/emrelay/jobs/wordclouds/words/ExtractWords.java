package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.Flags;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.TableFormat;
import org.jspecify.annotations.Nullable;

/** Finds the words of titles: one row for each time that a word stands in a title of a year, with the weight of the title. */
public final class ExtractWords {
    private final SparkSession session;
    private final Arguments arguments;

    private ExtractWords(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static ExtractWords create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new ExtractWords(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        InputTable table = InputTable.read(session, "--titles", arguments.titles(), arguments.saidFormat());
        Titles titles = new Titles(table, arguments.titleColumn(), arguments.yearColumn(), arguments.weightColumn());
        Tally tally = Tally.in(session);
        Dataset<Row> distinct = titles.distinct(tally);
        arguments.choice().notice().ifPresent(System.out::println);
        Annotators annotators = new Assembly(session, arguments.choice()).annotators();
        try (SharedAnnotators shared = SharedAnnotators.share(session, annotators)) {
            output.writeParquet(shared.words(distinct, tally));
        }
        if (tally.titles().value() == 0) {
            new EmptyTable(output).remove();
            throw titles.nothingLeft(tally);
        }
        System.out.println(tally.sentence());
    }

    record Arguments(
            String titles,
            @Nullable TableFormat format,
            String titleColumn,
            String yearColumn,
            @Nullable String weightColumn,
            LanguageChoice choice,
            String output) {
        private static final List<String> KNOWN = Stream.concat(
                        Stream.of("--titles", "--format", "--title-column", "--year-column", "--weight-column"),
                        Stream.concat(LanguageChoice.FLAGS.stream(), Stream.of("--output")))
                .toList();

        Arguments {
            Objects.requireNonNull(titles, "titles");
            Objects.requireNonNull(titleColumn, "titleColumn");
            Objects.requireNonNull(yearColumn, "yearColumn");
            Objects.requireNonNull(choice, "choice");
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
                    LanguageChoice.of(flags),
                    flags.required("--output"));
        }

        /** Empty when it is to be found by the content. */
        Optional<TableFormat> saidFormat() {
            return Optional.ofNullable(format);
        }
    }
}
