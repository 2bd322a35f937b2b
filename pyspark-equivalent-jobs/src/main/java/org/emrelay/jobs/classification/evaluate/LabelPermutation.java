package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * Permutes labels uniformly at random between exchangeable ids.
 *
 * <p>The labels of an id stay together, because its rows are similar. If no other id can take an id's labels, its rows
 * are permuted individually.
 */
final class LabelPermutation {
    private final int rows;
    private final List<ExchangeableGroup> groups;
    private final int[][] orders;

    /**
     * Ids or rows that may exchange their labels.
     *
     * @param members the rows of each member, in the order of its labels
     * @param labels one array per member, those with a positive label first; an array of length 1 applies to all rows
     *     of a member
     * @param withPositives the number of arrays with a positive label
     */
    private record ExchangeableGroup(List<int[]> members, List<boolean[]> labels, int withPositives) {
        private ExchangeableGroup {
            members = List.copyOf(members);
            labels = List.copyOf(labels);
        }

        static ExchangeableGroup of(List<int[]> members, List<boolean[]> labels) {
            List<boolean[]> sorted = new ArrayList<>();
            labels.stream().filter(ExchangeableGroup::hasPositive).forEach(sorted::add);
            int withPositives = sorted.size();
            labels.stream().filter(array -> !hasPositive(array)).forEach(sorted::add);
            return new ExchangeableGroup(members, sorted, withPositives);
        }

        private static boolean hasPositive(boolean[] labels) {
            for (boolean label : labels) {
                if (label) {
                    return true;
                }
            }
            return false;
        }

        /** Fisher–Yates shuffle, stopped after the arrays with positive labels. */
        void permute(int[] order, KeyedRandom random, IntConsumer positive) {
            for (int index = 0; index < withPositives; index++) {
                int other = index + random.nextBelow(order.length - index);
                int member = order[other];
                order[other] = order[index];
                order[index] = member;
                int[] rows = members.get(member);
                boolean[] memberLabels = labels.get(index);
                for (int row = 0; row < rows.length; row++) {
                    if (memberLabels[memberLabels.length == 1 ? 0 : row]) {
                        positive.accept(rows[row]);
                    }
                }
            }
        }
    }

    private LabelPermutation(int rows, List<ExchangeableGroup> groups) {
        this.rows = rows;
        this.groups = groups;
        this.orders = groups.stream()
                .map(group -> {
                    int[] order = new int[group.members().size()];
                    Arrays.setAll(order, member -> member);
                    return order;
                })
                .toArray(int[][]::new);
    }

    /**
     * Groups ids that may exchange labels; labels never move between training and held-out rows.
     *
     * @param isTraining whether a row is a training row
     */
    static LabelPermutation of(List<String> ids, boolean[] positive, IntPredicate isTraining) {
        Map<String, List<Integer>> byId = new TreeMap<>();
        for (int row = 0; row < positive.length; row++) {
            byId.computeIfAbsent(ids.get(row), first -> new ArrayList<>()).add(row);
        }
        Map<String, List<int[]>> bySignature = new TreeMap<>();
        byId.values().forEach(list -> {
            int[] idRows = list.stream().mapToInt(Integer::intValue).toArray();
            bySignature
                    .computeIfAbsent(signature(idRows, positive, isTraining), first -> new ArrayList<>())
                    .add(idRows);
        });
        List<ExchangeableGroup> groups = new ArrayList<>();
        List<int[]> trainingRows = new ArrayList<>();
        List<int[]> otherRows = new ArrayList<>();
        bySignature.values().forEach(members -> {
            if (members.size() > 1) {
                groups.add(group(members, positive));
                return;
            }
            for (int row : members.get(0)) {
                (isTraining.test(row) ? trainingRows : otherRows).add(new int[] {row});
            }
        });
        groups.add(group(trainingRows, positive));
        groups.add(group(otherRows, positive));
        return new LabelPermutation(positive.length, List.copyOf(groups));
    }

    /** An independent copy, for use by another thread. */
    LabelPermutation copy() {
        return new LabelPermutation(rows, groups);
    }

    /** Draws a permutation and passes the rows that are now positive. */
    void permute(KeyedRandom random, IntConsumer positive) {
        for (int group = 0; group < orders.length; group++) {
            groups.get(group).permute(orders[group], random, positive);
        }
    }

    boolean[] permutedLabels(KeyedRandom random) {
        boolean[] labels = new boolean[rows];
        permute(random, row -> labels[row] = true);
        return labels;
    }

    /** Ids with equal signatures may exchange labels. If all labels of an id are equal, its size does not matter. */
    private static String signature(int[] idRows, boolean[] positive, IntPredicate isTraining) {
        long training = Arrays.stream(idRows).filter(isTraining).count();
        long others = idRows.length - training;
        return isOneLabel(idRows, positive)
                ? (training > 0 ? "training" : "") + (others > 0 ? "others" : "")
                : training + " and " + others;
    }

    private static boolean isOneLabel(int[] idRows, boolean[] positive) {
        return Arrays.stream(idRows).allMatch(row -> positive[row] == positive[idRows[0]]);
    }

    private static ExchangeableGroup group(List<int[]> members, boolean[] positive) {
        List<boolean[]> labels = members.stream()
                .map(memberRows -> {
                    boolean[] all = new boolean[isOneLabel(memberRows, positive) ? 1 : memberRows.length];
                    for (int row = 0; row < all.length; row++) {
                        all[row] = positive[memberRows[row]];
                    }
                    return all;
                })
                .toList();
        return ExchangeableGroup.of(members, labels);
    }
}
