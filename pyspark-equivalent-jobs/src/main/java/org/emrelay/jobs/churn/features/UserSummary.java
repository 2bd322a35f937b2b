package org.emrelay.jobs.churn.features;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.exploration.Exploration;

/**
 * Counts churners, retained and excluded users, and profiles churned and other users, in one job.
 *
 * @param excluded the number of excluded users by reason
 */
record UserSummary(long churners, long retained, SortedMap<String, Long> excluded, Exploration exploration) {

    UserSummary {
        excluded = new TreeMap<>(excluded);
    }

    static UserSummary of(Dataset<Row> users, List<String> pages) {
        long churners = 0;
        long retained = 0;
        SortedMap<String, Long> excluded = new TreeMap<>();
        double[] churnedSums = new double[HabitCounts.size(pages.size())];
        double[] otherSums = new double[churnedSums.length];
        for (Row row : HabitSums.of(users).collectAsList()) {
            long count = row.getLong(3);
            if (!row.isNullAt(0)) {
                excluded.merge(row.getString(0), count, Long::sum);
            } else if (row.getDouble(1) == 1.0) {
                churners += count;
            } else {
                retained += count;
            }
            add(row.<Vector>getAs(4).toArray(), row.getBoolean(2) ? churnedSums : otherSums);
        }
        Exploration exploration =
                new Exploration(HabitCounts.profile(churnedSums, pages), HabitCounts.profile(otherSums, pages));
        return new UserSummary(churners, retained, excluded, exploration);
    }

    long eligible() {
        return churners + retained;
    }

    long all() {
        return eligible()
                + excluded.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void add(double[] counts, double[] sums) {
        for (int index = 0; index < sums.length; index++) {
            sums[index] += counts[index];
        }
    }
}
