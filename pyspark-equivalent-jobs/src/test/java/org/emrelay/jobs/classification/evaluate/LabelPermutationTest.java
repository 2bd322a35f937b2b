package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.Dice;
import org.junit.jupiter.api.Test;

class LabelPermutationTest {
    @Test
    void everyWayToDealIsAsLikely() {
        LabelPermutation deal = LabelPermutation.of(List.of("a", "b", "c", "d"), labels("1100"), row -> false);
        int[] times = new int[16];
        Dice dice = new Dice(1, 1, 1);
        for (int turn = 0; turn < 6_000; turn++) {
            int[] bits = {0};
            deal.deal(dice, row -> bits[0] |= 1 << row);
            times[bits[0]]++;
        }

        assertThat(IntStream.of(times).filter(count -> count > 0)).hasSize(6).allMatch(count -> count > 850);
    }

    @Test
    void theLabelsOfAnIdStayTogetherInTheirOrder() {
        // a and b once had it late, c early: each pattern goes to one of the three.
        List<String> ids = List.of("a", "a", "a", "b", "b", "b", "c", "c", "c");

        assertThat(dealtWays(ids, "001001100")).containsExactlyInAnyOrder("001001100", "001100001", "100001001");
    }

    @Test
    void idsOfOneLabelSwapItWhateverTheirSize() {
        assertThat(dealtWays(List.of("a", "a", "a", "b", "c", "c"), "111000"))
                .containsExactlyInAnyOrder("111000", "000100", "000011");
    }

    @Test
    void whereNoOtherIdCouldHaveItsLabelsTheRowsAreDealt() {
        // Sizes 3 and 2: neither fits the other.
        assertThat(dealtWays(List.of("a", "a", "a", "b", "b"), "00101"))
                .hasSize(10)
                .allMatch(way -> way.replace("0", "").equals("11"));
    }

    @Test
    void trainingAndHeldOutRowsKeepTheirOwnLabels() {
        List<String> ids = List.of("a", "b", "c", "d", "e");
        LabelPermutation deal = LabelPermutation.of(ids, labels("11000"), row -> row < 3);

        for (int turn = 0; turn < 100; turn++) {
            boolean[] dealt = deal.dealt(new Dice(1, 1, turn));
            assertThat(IntStream.range(0, 3).filter(row -> dealt[row])).hasSize(2);
        }
    }

    @Test
    void anIdOnBothSidesHasTheSameLabelsOnBoth() {
        LabelPermutation deal =
                LabelPermutation.of(List.of("a", "b", "c", "x", "a", "b", "c", "y"), labels("10001000"), row -> row < 4);
        Set<String> ways = new HashSet<>();

        for (int turn = 0; turn < 100; turn++) {
            ways.add(text(deal.dealt(new Dice(1, 1, turn))));
        }

        assertThat(ways).containsExactlyInAnyOrder("10001000", "01000100", "00100010");
    }

    @Test
    void whereEveryIdHasTheEventOnceBothClassesRemain() {
        List<String> ids = new ArrayList<>();
        StringBuilder labels = new StringBuilder();
        for (int id = 0; id < 20; id++) {
            for (int row = 0; row < 4; row++) {
                ids.add("id" + id);
                labels.append(row == id % 4 ? '1' : '0');
            }
        }

        boolean[] dealt =
                LabelPermutation.of(ids, labels(labels.toString()), row -> false).dealt(new Dice(1, 1, 1));

        assertThat(IntStream.range(0, dealt.length).filter(row -> dealt[row])).hasSize(20);
        assertThat(text(dealt)).isNotEqualTo(labels.toString());
    }

    private static Set<String> dealtWays(List<String> ids, String labels) {
        LabelPermutation deal = LabelPermutation.of(ids, labels(labels), row -> false);
        Set<String> ways = new HashSet<>();
        for (int turn = 0; turn < 500; turn++) {
            ways.add(text(deal.dealt(new Dice(1, 1, turn))));
        }
        return ways;
    }

    private static boolean[] labels(String text) {
        boolean[] labels = new boolean[text.length()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = text.charAt(row) == '1';
        }
        return labels;
    }

    private static String text(boolean[] labels) {
        StringBuilder text = new StringBuilder();
        for (boolean label : labels) {
            text.append(label ? '1' : '0');
        }
        return text.toString();
    }
}
