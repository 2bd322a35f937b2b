package org.emrelay.jobs.classification.train;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.FeatureKind;
import org.emrelay.jobs.classification.models.TableSample;
import org.emrelay.jobs.learning.Ranking;

/** Refuses a feature that alone tells the classes apart nearly without error: it most likely knows what happened afterwards. */
final class LeakGuard {
    private final TableSample sample;
    private final boolean[] positive;

    LeakGuard(TableSample sample) {
        this.sample = sample;
        positive = new boolean[sample.rows().size()];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = sample.isPositive(sample.rows().get(row));
        }
    }

    void requireNoneAbove(double most) {
        int place = 0;
        for (Map.Entry<String, FeatureKind> feature : sample.kinds().entrySet()) {
            double auc = feature.getValue() == FeatureKind.CATEGORY ? ofCategory(place) : ofNumber(place);
            if (auc > most) {
                throw new UserFault(String.format(
                        Locale.ROOT,
                        "--table: feature '%s' alone tells the classes apart with an AUC of %.4f on the training rows, more than"
                                + " --leak-auc %s: it most likely holds what is known only afterwards; leave it out by"
                                + " --exclude '%s'.",
                        feature.getKey(),
                        auc,
                        most,
                        feature.getKey()));
            }
            place++;
        }
    }

    /** In either direction; that there is no value may tell as much as any value, so those come first once and last once. */
    private double ofNumber(int place) {
        double best = 0;
        for (double missing : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
            double[] values = sample.rows().stream()
                    .mapToDouble(row -> number(row, place, missing))
                    .toArray();
            double auc = Ranking.of(values, positive).auc();
            best = Math.max(best, Math.max(auc, 1 - auc));
        }
        return best;
    }

    private static double number(Row row, int place, double missing) {
        return row.isNullAt(place) || Double.isNaN(row.getDouble(place)) ? missing : row.getDouble(place);
    }

    /** By the share of positives that a value has in the other folds: its own row would tell on itself. */
    private double ofCategory(int place) {
        int foldPlace = sample.place(RowSplit.FOLD);
        Map<String, long[]> inAll = new HashMap<>();
        Map<String, long[]> inFold = new HashMap<>();
        List<Row> rows = sample.rows();
        for (int row = 0; row < positive.length; row++) {
            String value = "=" + rows.get(row).get(place);
            count(inAll, value, positive[row]);
            count(inFold, rows.get(row).getInt(foldPlace) + value, positive[row]);
        }
        double[] shares = new double[positive.length];
        for (int row = 0; row < shares.length; row++) {
            String value = "=" + rows.get(row).get(place);
            long[] all = inAll.getOrDefault(value, new long[2]);
            long[] own = inFold.getOrDefault(rows.get(row).getInt(foldPlace) + value, new long[2]);
            // One more of each class: a value that is nowhere else tells nothing.
            shares[row] = (all[1] - own[1] + 1.0) / (all[0] - own[0] + all[1] - own[1] + 2.0);
        }
        return Ranking.of(shares, positive).auc();
    }

    private static void count(Map<String, long[]> counts, String value, boolean isPositive) {
        counts.computeIfAbsent(value, first -> new long[2])[isPositive ? 1 : 0]++;
    }
}
