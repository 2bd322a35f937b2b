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

/** How a table column is converted to numbers, and how such a number is displayed. */
public enum FeatureKind {
    NUMBER("try_cast(%s as double)") {
        @Override
        String format(double value) {
            BigDecimal exact = BigDecimal.valueOf(value);
            boolean isLarge = Math.abs(value) >= 1_000;
            BigDecimal rounded = isLarge ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(new MathContext(3));
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
    },
    BOOLEAN("try_cast(try_cast(%s as boolean) as double)") {
        @Override
        String format(double value) {
            return value == 0 ? "no" : "yes";
        }
    },
    /** Days since the epoch. */
    DATE("cast(unix_date(try_cast(%s as date)) as double)") {
        @Override
        String format(double value) {
            return LocalDate.ofEpochDay((long) value).toString();
        }
    },
    /** Fractional days since the epoch. */
    TIMESTAMP("unix_micros(try_cast(%s as timestamp)) / 86400000000D") {
        @Override
        String format(double value) {
            return Instant.ofEpochSecond(Math.round(value * 86_400)).toString();
        }
    },
    /** Remains text; each frequent value gets its own slot. */
    CATEGORY("cast(%s as string)") {
        @Override
        String format(double value) {
            throw new IllegalStateException("a category is not a number");
        }
    };

    private final String expression;

    FeatureKind(String expression) {
        this.expression = expression;
    }

    /** Empty for types that cannot be features: arrays, maps, structs, binary. */
    public static Optional<FeatureKind> of(DataType type) {
        if (type instanceof NumericType) {
            return Optional.of(NUMBER);
        }
        if (type instanceof BooleanType) {
            return Optional.of(BOOLEAN);
        }
        if (type instanceof DateType) {
            return Optional.of(DATE);
        }
        if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return Optional.of(TIMESTAMP);
        }
        return type instanceof StringType ? Optional.of(CATEGORY) : Optional.empty();
    }

    /**
     * SQL for the column as a double, or as a string for a category. Uses try_cast, because later tables may have
     * other types.
     */
    String expression(String column) {
        return String.format(expression, "`" + column.replace("`", "``") + "`");
    }

    /** Formats an encoded number for display. */
    abstract String format(double value);
}
