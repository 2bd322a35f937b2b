package org.emrelay.jobs.classification.models;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** How a column of the table becomes numbers, and such a number becomes text again. */
public enum FeatureKind {
    NUMBER("try_cast(%s as double)") {
        @Override
        String text(double value) {
            BigDecimal exact = BigDecimal.valueOf(value);
            boolean isLong = Math.abs(value) >= 1_000;
            BigDecimal rounded = isLong ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(new MathContext(3));
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
    },
    YES_OR_NO("try_cast(try_cast(%s as boolean) as double)") {
        @Override
        String text(double value) {
            return value == 0 ? "no" : "yes";
        }
    },
    /** In days. */
    DATE("cast(unix_date(try_cast(%s as date)) as double)") {
        @Override
        String text(double value) {
            return LocalDate.ofEpochDay((long) value).toString();
        }
    },
    /** In days, with their fractions. */
    TIME("unix_micros(try_cast(%s as timestamp)) / 86400000000D") {
        @Override
        String text(double value) {
            return Instant.ofEpochSecond(Math.round(value * 86_400)).toString();
        }
    },
    /** Stays text; each frequent value gets a place of its own. */
    CATEGORY("cast(%s as string)") {
        @Override
        String text(double value) {
            throw new IllegalStateException("a category is no number");
        }
    };

    private final String expression;

    FeatureKind(String expression) {
        this.expression = expression;
    }

    /** None for what cannot be a feature: lists, structures, bytes. */
    public static Optional<FeatureKind> of(DataType type) {
        if (type instanceof NumericType) {
            return Optional.of(NUMBER);
        }
        if (type instanceof BooleanType) {
            return Optional.of(YES_OR_NO);
        }
        if (type instanceof DateType) {
            return Optional.of(DATE);
        }
        if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return Optional.of(TIME);
        }
        return type instanceof StringType ? Optional.of(CATEGORY) : Optional.empty();
    }

    /** SQL of a double, or of text for a category; what does not fit becomes null, as tables of another day may be of other types. */
    String expression(String column) {
        return String.format(expression, "`" + column.replace("`", "``") + "`");
    }

    /** For people. */
    abstract String text(double value);
}
