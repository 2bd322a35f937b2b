package org.emrelay.jobs.classification.inmemory;

import java.io.Serializable;
import java.util.Set;
import org.apache.spark.ml.tree.TreeEnsembleParams;

/**
 * The parameters that forests and boosted trees share.
 *
 * @param minRows of each leaf
 * @param featureSubset Spark's {@code featureSubsetStrategy}
 */
record TreeParameters(int maxDepth, int maxBins, int minRows, String featureSubset, double subsamplingRate, long seed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Set<String> NAMES =
            Set.of("maxDepth", "maxBins", "minInstancesPerNode", "featureSubsetStrategy", "subsamplingRate", "seed");

    static TreeParameters of(TreeEnsembleParams estimator) {
        return new TreeParameters(
                estimator.getMaxDepth(),
                estimator.getMaxBins(),
                estimator.getMinInstancesPerNode(),
                estimator.getFeatureSubsetStrategy(),
                estimator.getSubsamplingRate(),
                estimator.getSeed());
    }

    boolean isBinnable() {
        return maxBins <= Bins.MAX;
    }

    /** @param automatic the value of {@code featureSubsetStrategy} that {@code auto} stands for */
    TreeGrower.Limits limits(double regularization, String automatic, int features) {
        String subset = featureSubset.equals("auto") ? automatic : featureSubset;
        return new TreeGrower.Limits(maxDepth, minRows, regularization, FeatureSubset.size(subset, features));
    }
}
