package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.List;

/** Walks through every way in which a run can go: each choice in turn takes each of its values. */
final class Choices {
    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private int at;

    /** Always the first: for a run of which only one way is of interest. */
    static Choices first() {
        return new Choices();
    }

    int among(int size) {
        if (size == 1) {
            return 0;
        }
        if (at == taken.size()) {
            taken.add(0);
            sizes.add(size);
        } else if (sizes.get(at) != size) {
            throw new IllegalStateException("the same way led elsewhere this time");
        }
        return taken.get(at++);
    }

    /** Turns to the next way; false when all were walked. */
    boolean next() {
        at = 0;
        while (!taken.isEmpty()) {
            int last = taken.size() - 1;
            if (taken.get(last) + 1 < sizes.get(last)) {
                taken.set(last, taken.get(last) + 1);
                return true;
            }
            taken.remove(last);
            sizes.remove(last);
        }
        return false;
    }

    @Override
    public String toString() {
        return "way " + taken;
    }
}
