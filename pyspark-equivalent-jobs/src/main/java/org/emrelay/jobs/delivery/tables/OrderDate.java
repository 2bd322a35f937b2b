package org.emrelay.jobs.delivery.tables;

import static org.apache.spark.sql.functions.udf;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Parses order dates in US format (month first) or ISO format.
 *
 * <p>Spark's own parser fails the job instead of returning null for text that Spark 2 parsed differently
 * ({@code spark.sql.legacy.timeParserPolicy}).
 */
final class OrderDate {
    private static final Pattern US = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{2}|\\d{4})");
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final int CENTURY = 2000;

    private OrderDate() {}

    static Column of(Column text) {
        UserDefinedFunction parse =
                udf((UDF1<@Nullable String, @Nullable LocalDate>) OrderDate::parse, DataTypes.DateType);
        return parse.apply(text.cast("string"));
    }

    /** Parses M/D/YY, M/D/YYYY or YYYY-MM-DD; null if it is not a calendar date. */
    static @Nullable LocalDate parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher us = US.matcher(text.strip());
        if (us.matches()) {
            String year = us.group(3);
            int shortYear = Integer.parseInt(year);
            return date(year.length() == 2 ? CENTURY + shortYear : shortYear, us.group(1), us.group(2));
        }
        Matcher iso = ISO.matcher(text.strip());
        return iso.matches() ? date(Integer.parseInt(iso.group(1)), iso.group(2), iso.group(3)) : null;
    }

    private static @Nullable LocalDate date(int year, String month, String day) {
        try {
            return LocalDate.of(year, Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
