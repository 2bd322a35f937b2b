package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/** An input table with titles, years and, optionally, weights. */
record TitleTable(
        InputTable table,
        String titleColumn,
        String yearColumn,
        @Nullable String weightColumn) {
    private static final String TITLE = "title";
    private static final String YEAR = "year";
    private static final String WEIGHT = "weight";

    TitleTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(titleColumn, "titleColumn");
        Objects.requireNonNull(yearColumn, "yearColumn");
    }

    /**
     * Returns (year, title, weight) rows, one per distinct title and year; without a weight column each weighs 1.
     */
    Dataset<Row> distinct(ExtractionStats stats) {
        Column hasTitle = functions.coalesce(functions.col(TITLE).rlike("\\S"), functions.lit(false));
        Column hasYear = functions.col(YEAR).isNotNull();
        Dataset<Row> titles = table.rows()
                .select(title().as(TITLE), year().as(YEAR), weight().as(WEIGHT))
                .filter(stats.countAndFilter(hasTitle, hasYear));
        if (weightColumn == null) {
            return titles.select(YEAR, TITLE).distinct().withColumn(WEIGHT, functions.lit(1L));
        }
        return titles.groupBy(YEAR, TITLE).agg(functions.sum(WEIGHT).as(WEIGHT)).select(YEAR, TITLE, WEIGHT);
    }

    /** Explains why no title is left. */
    UserFault noTitlesFault(ExtractionStats stats) {
        if (stats.rows().value() == 0) {
            return new UserFault("--titles: " + table.uri() + " contains no rows.");
        }
        if (stats.withoutTitle().value().equals(stats.rows().value())) {
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
        String reason = samples.isEmpty()
                ? "is empty."
                : "contains values such as '" + samples.get(0).getString(0) + "'.";
        return new UserFault("--year-column: no row with a title in " + table.uri() + " has a valid year: column '"
                + yearColumn + "' " + reason);
    }

    private Column title() {
        return table.column("--title-column", titleColumn).cast(DataTypes.StringType);
    }

    private Column year() {
        return table.year("--year-column", yearColumn);
    }

    /** Missing and non-numeric weights count as 0. */
    private Column weight() {
        if (weightColumn == null) {
            return functions.lit(1L);
        }
        Column number = table.number("--weight-column", weightColumn);
        return functions.coalesce(number, functions.lit(0L));
    }
}
