package org.emrelay.jobs.classification.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.MidRanks;

/** Where luck alone puts the AUC of models: what they say stays as it is, and the labels are dealt out anew, thousands of times. */
final class NullAuc {
    private static final int USUAL_TURNS = 10_000;

    /** With many rows fewer turns will do: together they deal about so many labels. */
    private static final long DEALT_LABELS = 400_000_000;

    /** Enough for five of them to lie beyond each end of a range that holds 99 of 100 for all models together. */
    private static final int FEWEST_TURNS_A_MODEL = 1_000;

    /** Each deals on by itself, so that as many can at once; the number is fixed, for the figures must be the same anywhere. */
    private static final int DEALERS = 16;

    private final List<MidRanks> models;
    private final double[][] sorted;

    private NullAuc(List<MidRanks> models, double[][] sorted) {
        this.models = models;
        this.sorted = sorted;
    }

    /**
     * Plays.
     *
     * @param deal of the labels of the rows
     * @param chances that each model says of them
     */
    static NullAuc of(LabelPermutation deal, List<double[]> chances, long seed) {
        int rows = chances.get(0).length;
        long wanted = Math.max(
                (long) FEWEST_TURNS_A_MODEL * chances.size(), Math.min(USUAL_TURNS, DEALT_LABELS / Math.max(1, rows)));
        int turns = (int) (wanted / DEALERS) + 1;
        List<MidRanks> models = chances.stream().map(MidRanks::of).toList();
        double[][] played = IntStream.range(0, DEALERS)
                .parallel()
                .mapToObj(dealer -> play(deal.copy(), models, turns, new Dice(seed, dealer, rows)))
                .flatMap(Arrays::stream)
                .toArray(double[][]::new);
        double[][] sorted = IntStream.range(0, models.size())
                .mapToObj(model -> Arrays.stream(played)
                        .mapToDouble(turn -> turn[model])
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
        return new NullAuc(models, sorted);
    }

    private static double[][] play(LabelPermutation deal, List<MidRanks> models, int turns, Dice dice) {
        double[][] played = new double[turns][];
        int[] positives = new int[models.get(0).rows()];
        for (int turn = 0; turn < turns; turn++) {
            int[] count = {0};
            deal.deal(dice, row -> positives[count[0]++] = row);
            played[turn] = models.stream()
                    .mapToDouble(ranks -> ranks.auc(positives, count[0]))
                    .toArray();
        }
        return played;
    }

    /**
     * The AUC of a model, and where luck alone puts it.
     *
     * @param level how often it does: of 100 honest figures as many as it says lie within
     */
    Interval of(int model, boolean[] positive, double level) {
        int[] positives =
                IntStream.range(0, positive.length).filter(row -> positive[row]).toArray();
        double[] all = sorted[model];
        // The honest figure is one more turn: it is the first, or the last, of all of them as often as any other.
        int beyond = (int) ((1 - level) / 2 * (all.length + 1));
        return new Interval(
                models.get(model).auc(positives, positives.length),
                beyond == 0 ? 0 : all[beyond - 1],
                beyond == 0 ? 1 : all[all.length - beyond]);
    }
}
