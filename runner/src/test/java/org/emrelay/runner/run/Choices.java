package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.List;

/** Enumerates all combinations of the choices in a run, one execution per combination. */
final class Choices {
    private final List<Integer> picks = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private int position;

    /** Picks the first option of every choice: for tests of a single execution. */
    static Choices first() {
        return new Choices();
    }

    int pick(int size) {
        if (size == 1) {
            return 0;
        }
        if (position == picks.size()) {
            picks.add(0);
            sizes.add(size);
        } else if (sizes.get(position) != size) {
            throw new IllegalStateException("the execution is not deterministic");
        }
        return picks.get(position++);
    }

    /** Advances to the next combination; false after the last. */
    boolean next() {
        position = 0;
        while (!picks.isEmpty()) {
            int last = picks.size() - 1;
            if (picks.get(last) + 1 < sizes.get(last)) {
                picks.set(last, picks.get(last) + 1);
                return true;
            }
            picks.remove(last);
            sizes.remove(last);
        }
        return false;
    }

    @Override
    public String toString() {
        return "choices " + picks;
    }
}
