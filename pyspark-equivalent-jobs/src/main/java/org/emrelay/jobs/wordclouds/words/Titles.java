package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.UserFault;
import org.jspecify.annotations.Nullable;

/** The columns of a table that hold titles, their years and, perhaps, their weights. */
record Titles(
        InputTable table,
        String titleColumn,
        String yearColumn,
        @Nullable String weightColumn) {
    private static final String TITLE = "title";
    private static final String YEAR = "year";
    private static final String WEIGHT = "weight";

    Titles {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(titleColumn, "titleColumn");
        Objects.requireNonNull(yearColumn, "yearColumn");
    }

    /** (year, title, weight), each title once a year; without a weight column a title weighs 1. */
    Dataset<Row> distinct(Tally tally) {
        Column hasTitle = functions.coalesce(functions.col(TITLE).rlike("\\S"), functions.lit(false));
        Column hasYear = functions.col(YEAR).isNotNull();
        Dataset<Row> titles = table.rows()
                .select(title().as(TITLE), year().as(YEAR), weight().as(WEIGHT))
                .filter(tally.counted(hasTitle, hasYear));
        if (weightColumn == null) {
            return titles.select(YEAR, TITLE).distinct().withColumn(WEIGHT, functions.lit(1L));
        }
        return titles.groupBy(YEAR, TITLE).agg(functions.sum(WEIGHT).as(WEIGHT)).select(YEAR, TITLE, WEIGHT);
    }

    /** Tells why no title is left. */
    UserFault nothingLeft(Tally tally) {
        if (tally.rows().value() == 0) {
            return new UserFault("--titles: " + table.uri() + " holds no rows.");
        }
        if (tally.withoutTitle().value().equals(tally.rows().value())) {
            return new UserFault(
                    "--title-column: no row of " + table.uri() + " has a title in column '" + titleColumn + "'.");
        }
        List<Row> samples = table.rows()
                .filter(title().rlike("\\S").and(year().isNull()))
                .select(table.column("--year-column", yearColumn).cast(DataTypes.StringType))
                .na()
                .drop()
                .limit(1)
                .collectAsList();
        String why = samples.isEmpty()
                ? "is empty."
                : "holds text such as '" + samples.get(0).getString(0) + "'.";
        return new UserFault("--year-column: no row with a title in " + table.uri() + " has a year: column '"
                + yearColumn + "' " + why);
    }

    private Column title() {
        return table.column("--title-column", titleColumn).cast(DataTypes.StringType);
    }

    private Column year() {
        return table.year("--year-column", yearColumn);
    }

    /** What is missing or no number weighs nothing. */
    private Column weight() {
        if (weightColumn == null) {
            return functions.lit(1L);
        }
        Column number = table.number("--weight-column", weightColumn);
        return functions.coalesce(number, functions.lit(0L));
    }
}
