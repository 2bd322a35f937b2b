package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.emrelay.jobs.random.Dice;

/**
 * The labels of rows dealt out anew, each time in another way that is as likely: nothing is left that could be learnt. The labels of
 * an id stay together, for its rows are alike; only where no other id could have them each row is dealt a label of its own.
 */
final class LabelPermutation {
    private final int rows;
    private final List<Circle> circles;
    private final int[][] orders;

    /**
     * Ids, or rows, each of which may have the labels of any other.
     *
     * @param members their rows; the order is that of the labels
     * @param labels as many, those with a 1 first; one alone stands for all rows of a member
     */
    private record Circle(List<int[]> members, List<boolean[]> labels, int withPositives) {
        private Circle {
            members = List.copyOf(members);
            labels = List.copyOf(labels);
        }

        static Circle of(List<int[]> members, List<boolean[]> labels) {
            List<boolean[]> sorted = new ArrayList<>();
            labels.stream().filter(Circle::hasPositive).forEach(sorted::add);
            int withPositives = sorted.size();
            labels.stream().filter(own -> !hasPositive(own)).forEach(sorted::add);
            return new Circle(members, sorted, withPositives);
        }

        private static boolean hasPositive(boolean[] labels) {
            for (boolean label : labels) {
                if (label) {
                    return true;
                }
            }
            return false;
        }

        /** Shuffles as much of the order as is looked at. */
        void deal(int[] order, Dice dice, IntConsumer positive) {
            for (int place = 0; place < withPositives; place++) {
                int other = place + dice.below(order.length - place);
                int member = order[other];
                order[other] = order[place];
                order[place] = member;
                int[] rows = members.get(member);
                boolean[] own = labels.get(place);
                for (int row = 0; row < rows.length; row++) {
                    if (own[own.length == 1 ? 0 : row]) {
                        positive.accept(rows[row]);
                    }
                }
            }
        }
    }

    private LabelPermutation(int rows, List<Circle> circles) {
        this.rows = rows;
        this.circles = circles;
        this.orders = circles.stream()
                .map(circle -> {
                    int[] order = new int[circle.members().size()];
                    Arrays.setAll(order, member -> member);
                    return order;
                })
                .toArray(int[][]::new);
    }

    /**
     * Of rows of two kinds, which never have one another's labels.
     *
     * @param isTraining whether a row is of the one kind
     */
    static LabelPermutation of(List<String> ids, boolean[] positive, IntPredicate isTraining) {
        Map<String, List<Integer>> byId = new TreeMap<>();
        for (int row = 0; row < positive.length; row++) {
            byId.computeIfAbsent(ids.get(row), first -> new ArrayList<>()).add(row);
        }
        Map<String, List<int[]>> alike = new TreeMap<>();
        byId.values().forEach(list -> {
            int[] own = list.stream().mapToInt(Integer::intValue).toArray();
            alike.computeIfAbsent(kind(own, positive, isTraining), first -> new ArrayList<>())
                    .add(own);
        });
        List<Circle> circles = new ArrayList<>();
        List<int[]> trainingRows = new ArrayList<>();
        List<int[]> otherRows = new ArrayList<>();
        alike.values().forEach(members -> {
            if (members.size() > 1) {
                circles.add(circle(members, positive));
                return;
            }
            for (int row : members.get(0)) {
                (isTraining.test(row) ? trainingRows : otherRows).add(new int[] {row});
            }
        });
        circles.add(circle(trainingRows, positive));
        circles.add(circle(otherRows, positive));
        return new LabelPermutation(positive.length, List.copyOf(circles));
    }

    /** The same deal for somebody else, who may be another thread. */
    LabelPermutation copy() {
        return new LabelPermutation(rows, circles);
    }

    /** Tells the rows that have a 1 this time. */
    void deal(Dice dice, IntConsumer positive) {
        for (int circle = 0; circle < orders.length; circle++) {
            circles.get(circle).deal(orders[circle], dice, positive);
        }
    }

    boolean[] dealt(Dice dice) {
        boolean[] dealt = new boolean[rows];
        deal(dice, row -> dealt[row] = true);
        return dealt;
    }

    /** What an id must have in common with another to have its labels; where all labels of each are equal, not the size. */
    private static String kind(int[] own, boolean[] positive, IntPredicate isTraining) {
        long training = Arrays.stream(own).filter(isTraining).count();
        long others = own.length - training;
        return isOneLabel(own, positive)
                ? (training > 0 ? "training" : "") + (others > 0 ? "others" : "")
                : training + " and " + others;
    }

    private static boolean isOneLabel(int[] own, boolean[] positive) {
        return Arrays.stream(own).allMatch(row -> positive[row] == positive[own[0]]);
    }

    private static Circle circle(List<int[]> members, boolean[] positive) {
        List<boolean[]> labels = members.stream()
                .map(own -> {
                    boolean[] all = new boolean[isOneLabel(own, positive) ? 1 : own.length];
                    for (int row = 0; row < all.length; row++) {
                        all[row] = positive[own[row]];
                    }
                    return all;
                })
                .toList();
        return Circle.of(members, labels);
    }
}
