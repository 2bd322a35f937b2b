package org.emrelay.jobs.classification.models;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What training rows have taught of one column: which places of the vector are its own, and what stands for a missing value.
 *
 * @param median of what is not a category
 * @param values of a category, the most frequent first, each with a place of its own; all others share one
 * @param marksMissing whether there is a place that says that there was no value
 */
public record FeatureColumn(String name, FeatureKind kind, double median, List<String> values, boolean marksMissing)
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

    /** The names of its places, as people read them; a value stands between quotes, lest it be taken for one of the other words. */
    List<String> places() {
        List<String> places = new ArrayList<>();
        if (kind == FeatureKind.CATEGORY) {
            values.forEach(value -> places.add(name + " is '" + value + "'"));
            places.add(name + " is any other");
        } else {
            places.add(name);
        }
        if (marksMissing) {
            places.add(name + " is missing");
        }
        return places;
    }

    @JsonIgnore
    int size() {
        return (kind == FeatureKind.CATEGORY ? values.size() + 1 : 1) + (marksMissing ? 1 : 0);
    }

    /** Writes a value into its places, which are all 0. */
    void put(double[] vector, int from, @Nullable Object value) {
        double number = number(value);
        if (kind == FeatureKind.CATEGORY) {
            vector[from + place(value)] = 1;
        } else if (!Double.isNaN(number)) {
            vector[from] = number;
        } else {
            vector[from] = median;
            if (marksMissing) {
                vector[from + 1] = 1;
            }
        }
    }

    private int place(@Nullable Object value) {
        if (value == null && marksMissing) {
            return values.size() + 1;
        }
        int known = value == null ? -1 : values.indexOf(value.toString());
        return known < 0 ? values.size() : known;
    }

    /** What it most often is. */
    @Nullable
    Object typicalValue() {
        return kind == FeatureKind.CATEGORY ? values.get(0) : (Object) median;
    }

    /** Whether a model cannot tell it from what it most often is. */
    boolean isTypical(@Nullable Object value) {
        double[] own = new double[size()];
        double[] typical = new double[size()];
        put(own, 0, value);
        put(typical, 0, typicalValue());
        return Arrays.equals(own, typical);
    }

    public String typicalText() {
        return text(typicalValue());
    }

    String text(@Nullable Object value) {
        if (kind == FeatureKind.CATEGORY) {
            return value == null ? "missing" : value.toString();
        }
        double number = number(value);
        return Double.isNaN(number) ? "missing" : kind.text(number);
    }

    /** What is not finite is as good as missing: no number. */
    static double number(@Nullable Object value) {
        return value instanceof Double number && Double.isFinite(number) ? number : Double.NaN;
    }
}
