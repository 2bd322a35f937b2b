package org.emrelay.jobs.classification.inmemory;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a table in memory. */
final class VectorRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[][] vectors;
    private final boolean[] positive;
    private final double[] weights;

    VectorRows(double[][] vectors, boolean[] positive, double[] weights) {
        this.vectors = vectors;
        this.positive = positive;
        this.weights = weights;
    }

    /** Collects label, weight and feature vector, in this order. */
    static VectorRows collect(Dataset<Row> rows) {
        List<Row> collected = rows.collectAsList();
        double[][] vectors = new double[collected.size()][];
        boolean[] positive = new boolean[vectors.length];
        double[] weights = new double[vectors.length];
        for (int row = 0; row < vectors.length; row++) {
            positive[row] = collected.get(row).getDouble(0) > 0;
            weights[row] = collected.get(row).getDouble(1);
            vectors[row] = collected.get(row).<Vector>getAs(2).toArray();
        }
        return new VectorRows(vectors, positive, weights);
    }

    /** The feature vector of each row. */
    double[][] vectors() {
        return vectors;
    }

    /** The label of each row. */
    boolean[] positive() {
        return positive;
    }

    /** The weight of each row. */
    double[] weights() {
        return weights;
    }

    int size() {
        return vectors.length;
    }

    int features() {
        return vectors[0].length;
    }
}
