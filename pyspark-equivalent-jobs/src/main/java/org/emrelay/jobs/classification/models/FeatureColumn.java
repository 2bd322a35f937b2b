package org.emrelay.jobs.classification.models;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fitted encoding of one table column: its vector slots and imputed value.
 *
 * @param median the imputed value; unused for a category
 * @param values the categories with a slot of their own, the most frequent first; all other values share one slot
 * @param hasMissingIndicator whether one slot marks missing values
 */
public record FeatureColumn(
        String name, FeatureKind kind, double median, List<String> values, boolean hasMissingIndicator)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public FeatureColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        values = List.copyOf(values);
    }

    static FeatureColumn number(String name, FeatureKind kind, double median, boolean marksMissing) {
        return new FeatureColumn(name, kind, median, List.of(), marksMissing);
    }

    static FeatureColumn category(String name, List<String> values, boolean marksMissing) {
        return new FeatureColumn(name, FeatureKind.CATEGORY, 0, values, marksMissing);
    }

    /** Readable slot names. Values are quoted, to distinguish a value 'missing' from the missing indicator. */
    List<String> slotNames() {
        List<String> names = new ArrayList<>();
        if (kind == FeatureKind.CATEGORY) {
            values.forEach(value -> names.add(name + " is '" + value + "'"));
            names.add(name + " is any other");
        } else {
            names.add(name);
        }
        if (hasMissingIndicator) {
            names.add(name + " is missing");
        }
        return names;
    }

    @JsonIgnore
    int size() {
        return (kind == FeatureKind.CATEGORY ? values.size() + 1 : 1) + (hasMissingIndicator ? 1 : 0);
    }

    /** Writes a value into this column's slots, which must all be 0. */
    void encode(double[] vector, int firstSlot, @Nullable Object value) {
        double number = number(value);
        if (kind == FeatureKind.CATEGORY) {
            vector[firstSlot + categorySlot(value)] = 1;
        } else if (!Double.isNaN(number)) {
            vector[firstSlot] = number;
        } else {
            vector[firstSlot] = median;
            if (hasMissingIndicator) {
                vector[firstSlot + 1] = 1;
            }
        }
    }

    private int categorySlot(@Nullable Object value) {
        if (value == null && hasMissingIndicator) {
            return values.size() + 1;
        }
        int known = value == null ? -1 : values.indexOf(value.toString());
        return known < 0 ? values.size() : known;
    }

    /** The median, or the most frequent category. */
    @Nullable
    Object typicalValue() {
        return kind == FeatureKind.CATEGORY ? values.get(0) : (Object) median;
    }

    /** Whether a value has the same encoding as the typical value. */
    boolean isTypical(@Nullable Object value) {
        double[] encoded = new double[size()];
        double[] typical = new double[size()];
        encode(encoded, 0, value);
        encode(typical, 0, typicalValue());
        return Arrays.equals(encoded, typical);
    }

    public String formatTypical() {
        return format(typicalValue());
    }

    String format(@Nullable Object value) {
        if (kind == FeatureKind.CATEGORY) {
            return value == null ? "missing" : value.toString();
        }
        double number = number(value);
        return Double.isNaN(number) ? "missing" : kind.format(number);
    }

    /** NaN for a missing or non-finite value. */
    static double number(@Nullable Object value) {
        return value instanceof Double number && Double.isFinite(number) ? number : Double.NaN;
    }
}
