package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Decides which steps must wait for others although no data connects them. The order matters if the output of one of the two steps is not
 * known: it may write what the other one reads.
 */
final class ImportedOrder {
    private final OrderedSteps steps;

    /** The steps whose outputs are not known. */
    private final BitSet opaque = new BitSet();

    /** A step that waits for another one does not run after its failure. These do. */
    private final BitSet mayFail = new BitSet();

    private final List<BitSet> predecessors = new ArrayList<>();

    ImportedOrder(OrderedSteps steps, BitSet opaque) {
        this.steps = steps;
        this.opaque.or(opaque);
        for (int i = 0; i < steps.size(); i++) {
            mayFail.set(i, steps.get(i).mayFail());
        }
    }

    /**
     * The steps that the next step must wait for.
     *
     * @param reads the steps whose outputs it reads
     */
    List<Integer> next(BitSet reads) {
        int step = predecessors.size();
        BitSet covered = new BitSet();
        covered.or(reads);
        reads.stream().forEach(index -> covered.or(predecessors.get(index)));
        BitSet candidates = new BitSet();
        candidates.or(steps.earlier(step));
        candidates.andNot(mayFail);
        if (!opaque.get(step)) {
            candidates.and(opaque);
        }
        candidates.andNot(covered);
        List<Integer> after = new ArrayList<>();
        for (int index = candidates.length() - 1; index >= 0; index = candidates.previousSetBit(index - 1)) {
            after.add(0, index);
            candidates.andNot(predecessors.get(index));
            covered.or(predecessors.get(index));
            covered.set(index);
        }
        predecessors.add(covered);
        return after;
    }
}
