package org.emrelay.jobs.churn.features;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.exploration.Exploration;

/**
 * How many users there are of each standing, and how they behave, summed over the users' rows in one job.
 *
 * @param leftOut how many, by the reason
 */
record UserCensus(long churners, long others, SortedMap<String, Long> leftOut, Exploration exploration) {

    UserCensus {
        leftOut = new TreeMap<>(leftOut);
    }

    static UserCensus of(Dataset<Row> users, List<String> pages) {
        long churners = 0;
        long others = 0;
        SortedMap<String, Long> leftOut = new TreeMap<>();
        double[] churned = new double[HabitsTally.size(pages.size())];
        double[] stayed = new double[churned.length];
        for (Row row : HabitsSums.of(users).collectAsList()) {
            long count = row.getLong(3);
            if (!row.isNullAt(0)) {
                leftOut.merge(row.getString(0), count, Long::sum);
            } else if (row.getDouble(1) == 1.0) {
                churners += count;
            } else {
                others += count;
            }
            add(row.<Vector>getAs(4).toArray(), row.getBoolean(2) ? churned : stayed);
        }
        Exploration exploration =
                new Exploration(HabitsTally.habits(churned, pages), HabitsTally.habits(stayed, pages));
        return new UserCensus(churners, others, leftOut, exploration);
    }

    long kept() {
        return churners + others;
    }

    long all() {
        return kept() + leftOut.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void add(double[] figures, double[] sums) {
        for (int place = 0; place < sums.length; place++) {
            sums[place] += figures[place];
        }
    }
}
