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
 * The day of an order as its log writes it: month first, in the American way. Spark's own parser, where it meets what an older
 * Spark read differently, ends the job rather than giving null.
 */
final class OrderDate {
    private static final Pattern AMERICAN = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{2}|\\d{4})");
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final int CENTURY = 2000;

    private OrderDate() {}

    static Column of(Column text) {
        UserDefinedFunction parse =
                udf((UDF1<@Nullable String, @Nullable LocalDate>) OrderDate::parse, DataTypes.DateType);
        return parse.apply(text.cast("string"));
    }

    /** M/D/YY, M/D/YYYY or YYYY-MM-DD; null where it is no day of the calendar. */
    static @Nullable LocalDate parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher american = AMERICAN.matcher(text.strip());
        if (american.matches()) {
            String year = american.group(3);
            int number = Integer.parseInt(year);
            return date(year.length() == 2 ? CENTURY + number : number, american.group(1), american.group(2));
        }
        Matcher iso = ISO.matcher(text.strip());
        return iso.matches() ? date(Integer.parseInt(iso.group(1)), iso.group(2), iso.group(3)) : null;
    }

    private static @Nullable LocalDate date(int year, String month, String day) {
        try {
            return LocalDate.of(year, Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException noDay) {
            return null;
        }
    }
}
