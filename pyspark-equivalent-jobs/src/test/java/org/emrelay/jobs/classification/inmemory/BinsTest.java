package org.emrelay.jobs.classification.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinsTest {
    private static Bins bins(int maxBins, double... values) {
        double[][] vectors =
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
        return Bins.of(new VectorRows(vectors, new boolean[values.length], new double[values.length]), maxBins);
    }

    @Test
    void fewValuesHaveABinEach() {
        Bins bins = bins(3, 5, 5, 5, 5, 5, 1, 9);

        assertThat(bins.thresholds(0)).containsExactly(3, 7);
        assertThat(bins.column(0)).containsExactly(1, 1, 1, 1, 1, 0, 2);
    }

    @Test
    void aConstantHasOneBin() {
        assertThat(bins(256, 4, 4).count(0)).isEqualTo(1);
    }

    @Test
    void binsContainEquallyManyRows() {
        Bins bins = bins(
                256,
                IntStream.range(0, 25_600).mapToDouble(row -> Math.pow(row, 3)).toArray());

        assertThat(rowsPerBin(bins)).hasSize(256).containsOnly(100);
    }

    @Test
    void aFrequentValueLeavesTheOtherBinsToOtherValues() {
        double[] values = IntStream.range(0, 10_000)
                .mapToDouble(row -> Math.max(0, row - 9_000))
                .toArray();

        int[] rows = rowsPerBin(bins(11, values));

        assertThat(rows).hasSize(11);
        assertThat(rows[0]).isEqualTo(9_001);
        assertThat(Arrays.stream(rows).skip(1)).allMatch(count -> count >= 99 && count <= 100);
    }

    @Test
    void neighbouringNumbersAreSeparated() {
        Bins bins = bins(2, 1, Math.nextUp(1.0));

        assertThat(bins.column(0)).containsExactly(0, 1);
    }

    private static int[] rowsPerBin(Bins bins) {
        int[] rows = new int[bins.count(0)];
        for (int row = 0; row < bins.column(0).length; row++) {
            rows[bins.bin(0, row)]++;
        }
        return rows;
    }
}
