package org.emrelay.jobs.classification.train;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.FeatureKind;
import org.emrelay.jobs.classification.models.TableSample;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.tables.UserFault;

/** Rejects target leakage: a single feature that separates the classes almost perfectly. */
final class LeakageCheck {
    private final TableSample sample;
    private final boolean[] positive;

    LeakageCheck(TableSample sample) {
        this.sample = sample;
        positive = new boolean[sample.rows().size()];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = sample.isPositive(sample.rows().get(row));
        }
    }

    void requireNoneAbove(double maxAuc) {
        int index = 0;
        for (Map.Entry<String, FeatureKind> feature : sample.kinds().entrySet()) {
            double auc = feature.getValue() == FeatureKind.CATEGORY ? categoryAuc(index) : numberAuc(index);
            if (auc > maxAuc) {
                throw new UserFault(String.format(
                        Locale.ROOT,
                        "--table: feature '%s' alone has an AUC of %.4f on the training rows, above --leak-auc %s. It most likely"
                                + " leaks the label. Leave it out with --exclude '%s', or raise --leak-auc.",
                        feature.getKey(),
                        auc,
                        maxAuc,
                        feature.getKey()));
            }
            index++;
        }
    }

    /**
     * The AUC in the better direction. A missing value may be the leak, so missing values rank first once and last
     * once.
     */
    private double numberAuc(int index) {
        double best = 0;
        for (double missing : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
            double[] values = sample.rows().stream()
                    .mapToDouble(row -> number(row, index, missing))
                    .toArray();
            double auc = Ranking.of(values, positive).auc();
            best = Math.max(best, Math.max(auc, 1 - auc));
        }
        return best;
    }

    private static double number(Row row, int index, double missing) {
        return row.isNullAt(index) || Double.isNaN(row.getDouble(index)) ? missing : row.getDouble(index);
    }

    /** The AUC of out-of-fold target encoding: a row's own label must not contribute to its score. */
    private double categoryAuc(int index) {
        int foldIndex = sample.fieldIndex(StratifiedSplit.FOLD);
        Map<String, long[]> counts = new HashMap<>();
        Map<String, long[]> foldCounts = new HashMap<>();
        List<Row> rows = sample.rows();
        for (int row = 0; row < positive.length; row++) {
            String value = "=" + rows.get(row).get(index);
            count(counts, value, positive[row]);
            count(foldCounts, rows.get(row).getInt(foldIndex) + value, positive[row]);
        }
        double[] encoded = new double[positive.length];
        for (int row = 0; row < encoded.length; row++) {
            String value = "=" + rows.get(row).get(index);
            long[] all = counts.getOrDefault(value, new long[2]);
            long[] sameFold = foldCounts.getOrDefault(rows.get(row).getInt(foldIndex) + value, new long[2]);
            // Laplace smoothing: a value without rows in other folds is uninformative.
            encoded[row] = (all[1] - sameFold[1] + 1.0) / (all[0] - sameFold[0] + all[1] - sameFold[1] + 2.0);
        }
        return Ranking.of(encoded, positive).auc();
    }

    private static void count(Map<String, long[]> counts, String value, boolean isPositive) {
        counts.computeIfAbsent(value, first -> new long[2])[isPositive ? 1 : 0]++;
    }
}
