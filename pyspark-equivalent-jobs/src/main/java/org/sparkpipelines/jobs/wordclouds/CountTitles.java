package org.sparkpipelines.jobs.wordclouds;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.sparkpipelines.jobs.Flags;
import org.sparkpipelines.jobs.InputTable;
import org.sparkpipelines.jobs.OutputDirectory;

/** Counts titles by year; rows whose year is missing or no number are counted under no year, so that none gets lost. */
public final class CountTitles {
    private final SparkSession session;
    private final Arguments arguments;

    private CountTitles(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static CountTitles create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new CountTitles(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        InputTable titles = InputTable.readParquet(session, "--titles", arguments.titles());
        output.writeParquet(count(titles));
    }

    private Dataset<Row> count(InputTable titles) {
        Column title = titles.column("--title-column", arguments.titleColumn()).cast("string");
        Column year = titles.year("--year-column", arguments.yearColumn());
        List<Column> counts = new ArrayList<>();
        counts.add(functions.countDistinct(title).as("distinct_titles"));
        arguments
                .weight()
                .map(name -> titles.number("--weight-column", name))
                .ifPresent(weight -> counts.add(functions.sum(weight).as("votes")));
        return titles.rows()
                .groupBy(year.as("year"))
                .agg(functions.count(title).as("titles"), counts.toArray(new Column[0]))
                // A few years at most: one file, and no sampling job as orderBy would start.
                .coalesce(1)
                .sortWithinPartitions("year");
    }

    record Arguments(
            String titles,
            String titleColumn,
            String yearColumn,
            @Nullable String weightColumn,
            String output) {
        private static final List<String> KNOWN =
                List.of("--titles", "--title-column", "--year-column", "--weight-column", "--output");

        Arguments {
            Objects.requireNonNull(titles, "titles");
            Objects.requireNonNull(titleColumn, "titleColumn");
            Objects.requireNonNull(yearColumn, "yearColumn");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required("--titles"),
                    flags.textOr("--title-column", "product_title"),
                    flags.textOr("--year-column", "year"),
                    flags.optional("--weight-column").orElse(null),
                    flags.required("--output"));
        }

        Optional<String> weight() {
            return Optional.ofNullable(weightColumn);
        }
    }
}
