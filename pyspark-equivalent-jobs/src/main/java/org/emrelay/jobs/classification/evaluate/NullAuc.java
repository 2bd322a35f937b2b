package org.emrelay.jobs.classification.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.MidRanks;
import org.emrelay.jobs.random.KeyedRandom;

/** The null distribution of the models' AUC, from thousands of label permutations. */
final class NullAuc {
    private static final int DEFAULT_PERMUTATIONS = 10_000;

    /** Upper bound on permuted labels: with many rows, fewer permutations suffice. */
    private static final long MAX_PERMUTED_LABELS = 400_000_000;

    /** Leaves five permutations beyond each end of a range with a joint confidence level of 99 % for all models. */
    private static final int MIN_PERMUTATIONS_PER_MODEL = 1_000;

    /**
     * Independent random streams that run in parallel. Fixed, because results must not depend on the number of cores.
     */
    private static final int STREAMS = 16;

    private final List<MidRanks> models;
    private final double[][] sortedAucs;

    private NullAuc(List<MidRanks> models, double[][] sortedAucs) {
        this.models = models;
        this.sortedAucs = sortedAucs;
    }

    /**
     * Simulates the null distribution.
     *
     * @param permutation of the rows' labels
     * @param probabilities of the rows, by model
     */
    static NullAuc of(LabelPermutation permutation, List<double[]> probabilities, long seed) {
        int rows = probabilities.get(0).length;
        long permutations = Math.max(
                (long) MIN_PERMUTATIONS_PER_MODEL * probabilities.size(),
                Math.min(DEFAULT_PERMUTATIONS, MAX_PERMUTED_LABELS / Math.max(1, rows)));
        int iterations = (int) (permutations / STREAMS) + 1;
        List<MidRanks> models = probabilities.stream().map(MidRanks::of).toList();
        double[][] aucs = IntStream.range(0, STREAMS)
                .parallel()
                .mapToObj(
                        stream -> simulate(permutation.copy(), models, iterations, new KeyedRandom(seed, stream, rows)))
                .flatMap(Arrays::stream)
                .toArray(double[][]::new);
        double[][] sortedAucs = IntStream.range(0, models.size())
                .mapToObj(model -> Arrays.stream(aucs)
                        .mapToDouble(iteration -> iteration[model])
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
        return new NullAuc(models, sortedAucs);
    }

    private static double[][] simulate(
            LabelPermutation permutation, List<MidRanks> models, int iterations, KeyedRandom random) {
        double[][] aucs = new double[iterations][];
        int[] positives = new int[models.get(0).size()];
        for (int iteration = 0; iteration < iterations; iteration++) {
            int[] count = {0};
            permutation.permute(random, row -> positives[count[0]++] = row);
            aucs[iteration] = models.stream()
                    .mapToDouble(ranks -> ranks.auc(positives, count[0]))
                    .toArray();
        }
        return aucs;
    }

    /**
     * The AUC of a model with the range expected under the null hypothesis.
     *
     * @param confidence the share of AUCs of uninformative models within the range
     */
    Interval interval(int model, boolean[] positive, double confidence) {
        int[] positives =
                IntStream.range(0, positive.length).filter(row -> positive[row]).toArray();
        double[] all = sortedAucs[model];
        // Under the null hypothesis the AUC is exchangeable with the permuted ones: every rank is equally likely.
        int beyond = (int) ((1 - confidence) / 2 * (all.length + 1));
        return new Interval(
                models.get(model).auc(positives, positives.length),
                beyond == 0 ? 0 : all[beyond - 1],
                beyond == 0 ? 1 : all[all.length - beyond]);
    }
}
