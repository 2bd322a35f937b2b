package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.tables.UserFault;

/** The ids and labels of the held-out rows, grouped by id for the bootstrap. */
final class HeldOutRows {
    private static final int MIN_MINORITY_IDS = 10;

    private final List<String> ids;
    private final int[] groups;
    private final boolean[] positive;

    private HeldOutRows(List<String> ids, int[] groups, boolean[] positive) {
        this.ids = List.copyOf(ids);
        this.groups = groups.clone();
        this.positive = positive.clone();
    }

    /** Keeps the given order, which is that of all models' probabilities. */
    static HeldOutRows of(List<Row> rows) {
        List<String> ids = rows.stream()
                .map(row -> String.valueOf(row.<Object>getAs(ModelColumns.ID)))
                .toList();
        Map<String, Integer> numbers = new TreeMap<>();
        ids.forEach(id -> numbers.put(id, 0));
        int number = 0;
        for (Map.Entry<String, Integer> id : numbers.entrySet()) {
            id.setValue(number);
            number++;
        }
        int[] groups = ids.stream().mapToInt(id -> numbers.getOrDefault(id, 0)).toArray();
        boolean[] positive = new boolean[rows.size()];
        IntStream.range(0, positive.length)
                .forEach(row -> positive[row] = rows.get(row).<Double>getAs(ModelColumns.LABEL) > 0.5);
        return new HeldOutRows(ids, groups, positive);
    }

    /** Evaluation needs held-out rows of both classes. */
    HeldOutRows requireBothClasses(String uri) {
        if (rows() == 0 || positives() == 0 || positives() == rows()) {
            String fact = rows() == 0
                    ? "there are no held-out rows in " + uri
                    : "all " + rows() + " held-out rows of " + uri + " have the label "
                            + (positives() == 0 ? "0" : "1");
            throw new UserFault(EvaluateArguments.TRAINING + ": " + fact
                    + ". Evaluation needs both classes: train with a larger --test-share or another --seed.");
        }
        return this;
    }

    List<String> ids() {
        return ids;
    }

    int[] groups() {
        return groups.clone();
    }

    boolean[] positive() {
        return positive.clone();
    }

    int rows() {
        return positive.length;
    }

    long positives() {
        return IntStream.range(0, positive.length).filter(row -> positive[row]).count();
    }

    /** Whether bootstrap intervals are meaningful: they need several ids of each class to draw from. */
    boolean isLargeEnough() {
        return minorityIds() >= MIN_MINORITY_IDS;
    }

    /** The number of ids with rows of the minority class. */
    long minorityIds() {
        return Math.min(ids(true), ids(false));
    }

    private long ids(boolean label) {
        return IntStream.range(0, positive.length)
                .filter(row -> positive[row] == label)
                .map(row -> groups[row])
                .distinct()
                .count();
    }

    /** The share of positive rows: the expected precision of random predictions. */
    double baseRate() {
        return positives() / (double) rows();
    }
}
