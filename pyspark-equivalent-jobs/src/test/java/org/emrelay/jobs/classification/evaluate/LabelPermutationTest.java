package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class LabelPermutationTest {
    @Test
    void everyPermutationIsEquallyLikely() {
        LabelPermutation permutation = LabelPermutation.of(List.of("a", "b", "c", "d"), labels("1100"), row -> false);
        int[] counts = new int[16];
        KeyedRandom random = new KeyedRandom(1, 1, 1);
        for (int iteration = 0; iteration < 6_000; iteration++) {
            int[] bits = {0};
            permutation.permute(random, row -> bits[0] |= 1 << row);
            counts[bits[0]]++;
        }

        assertThat(IntStream.of(counts).filter(count -> count > 0)).hasSize(6).allMatch(count -> count > 850);
    }

    @Test
    void labelsOfAnIdStayTogetherInOrder() {
        // Each of the three label patterns goes to one of the three ids.
        List<String> ids = List.of("a", "a", "a", "b", "b", "b", "c", "c", "c");

        assertThat(permutations(ids, "001001100")).containsExactlyInAnyOrder("001001100", "001100001", "100001001");
    }

    @Test
    void idsWithUniformLabelsExchangeThemWhateverTheirSize() {
        assertThat(permutations(List.of("a", "a", "a", "b", "c", "c"), "111000"))
                .containsExactlyInAnyOrder("111000", "000100", "000011");
    }

    @Test
    void permutesRowsIfNoOtherIdCanTakeTheLabels() {
        // Sizes 3 and 2: the ids cannot exchange labels.
        assertThat(permutations(List.of("a", "a", "a", "b", "b"), "00101"))
                .hasSize(10)
                .allMatch(labels -> labels.replace("0", "").equals("11"));
    }

    @Test
    void labelsDoNotMoveBetweenTrainingAndHeldOutRows() {
        List<String> ids = List.of("a", "b", "c", "d", "e");
        LabelPermutation permutation = LabelPermutation.of(ids, labels("11000"), row -> row < 3);

        for (int iteration = 0; iteration < 100; iteration++) {
            boolean[] permuted = permutation.permutedLabels(new KeyedRandom(1, 1, iteration));
            assertThat(IntStream.range(0, 3).filter(row -> permuted[row])).hasSize(2);
        }
    }

    @Test
    void anIdOnBothSidesKeepsEqualLabelsOnBoth() {
        LabelPermutation permutation = LabelPermutation.of(
                List.of("a", "b", "c", "x", "a", "b", "c", "y"), labels("10001000"), row -> row < 4);
        Set<String> distinct = new HashSet<>();

        for (int iteration = 0; iteration < 100; iteration++) {
            distinct.add(text(permutation.permutedLabels(new KeyedRandom(1, 1, iteration))));
        }

        assertThat(distinct).containsExactlyInAnyOrder("10001000", "01000100", "00100010");
    }

    @Test
    void keepsBothClassesIfEveryIdIsPositiveOnce() {
        List<String> ids = new ArrayList<>();
        StringBuilder labels = new StringBuilder();
        for (int id = 0; id < 20; id++) {
            for (int row = 0; row < 4; row++) {
                ids.add("id" + id);
                labels.append(row == id % 4 ? '1' : '0');
            }
        }

        boolean[] permuted = LabelPermutation.of(ids, labels(labels.toString()), row -> false)
                .permutedLabels(new KeyedRandom(1, 1, 1));

        assertThat(IntStream.range(0, permuted.length).filter(row -> permuted[row]))
                .hasSize(20);
        assertThat(text(permuted)).isNotEqualTo(labels.toString());
    }

    private static Set<String> permutations(List<String> ids, String labels) {
        LabelPermutation permutation = LabelPermutation.of(ids, labels(labels), row -> false);
        Set<String> distinct = new HashSet<>();
        for (int iteration = 0; iteration < 500; iteration++) {
            distinct.add(text(permutation.permutedLabels(new KeyedRandom(1, 1, iteration))));
        }
        return distinct;
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
