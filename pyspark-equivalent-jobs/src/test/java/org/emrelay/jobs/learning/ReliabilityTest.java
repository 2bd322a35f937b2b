package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emrelay.jobs.learning.Reliability.Bin;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    @Test
    void isWorkedOutByHand() {
        Reliability reliability =
                Reliability.of(new double[] {0.9, 0.2, 0.6, 0.3}, new boolean[] {true, false, false, true});

        assertThat(reliability.brier()).isCloseTo((0.01 + 0.04 + 0.36 + 0.49) / 4, within(1e-12));
        assertThat(reliability.logLoss())
                .isCloseTo(-(Math.log(0.9) + Math.log(0.8) + Math.log(0.4) + Math.log(0.3)) / 4, within(1e-12));
    }

    @Test
    void binsHoldAboutAsManyRowsEach() {
        double[] chances =
                IntStream.range(0, 400).mapToDouble(row -> row / 400.0).toArray();
        boolean[] positive = new boolean[400];
        Arrays.fill(positive, 200, 400, true);

        Reliability reliability = Reliability.of(chances, positive);

        assertThat(reliability.bins()).hasSize(10).allMatch(bin -> bin.rows() == 40);
        assertThat(reliability.bins().get(0).said()).isCloseTo(19.5 / 400, within(1e-12));
        assertThat(reliability.bins().get(0).cameTrue()).isZero();
        assertThat(reliability.bins().get(9).cameTrue()).isEqualTo(1);
    }

    @Test
    void equalChancesAreInOneBinAndRightWhereTheShareIsSo() {
        double[] chances = new double[100];
        Arrays.fill(chances, 0.25);
        boolean[] positive = new boolean[100];
        Arrays.fill(positive, 0, 25, true);

        Reliability reliability = Reliability.of(chances, positive);

        assertThat(reliability.bins()).containsExactly(new Bin(0.25, 0.25, 100));
        assertThat(reliability.error()).isZero();
    }

    @Test
    void whatWasCalledImpossibleCostsMuchButNotAllThereIs() {
        Reliability reliability = Reliability.of(new double[] {0}, new boolean[] {true});

        assertThat(reliability.logLoss()).isCloseTo(36.04, within(0.01));
        assertThat(reliability.brier()).isEqualTo(1);
    }
}
