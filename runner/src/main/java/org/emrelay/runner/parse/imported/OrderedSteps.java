package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Steps, and for each the steps that their orchestrator finishes first. */
final class OrderedSteps {
    private final List<EmrStepDefinition> steps = new ArrayList<>();
    private final List<BitSet> earlier = new ArrayList<>();
    private final Set<EmrStepDefinition> known = new HashSet<>();

    /**
     * Adds a step.
     *
     * @param previous the steps right before it
     */
    void add(EmrStepDefinition step, BitSet previous) {
        BitSet all = new BitSet();
        all.or(previous);
        previous.stream().forEach(index -> all.or(earlier.get(index)));
        addAfterAll(step, all);
    }

    /** @param all every step before it, also indirectly */
    void addAfterAll(EmrStepDefinition step, BitSet all) {
        steps.add(step);
        earlier.add(all);
        known.add(step);
    }

    /** Whether the same step, with the same command, has been added. */
    boolean contains(EmrStepDefinition step) {
        return known.contains(step);
    }

    void replace(int index, EmrStepDefinition step) {
        steps.set(index, step);
    }

    int size() {
        return steps.size();
    }

    EmrStepDefinition get(int index) {
        return steps.get(index);
    }

    /** The steps that are finished before this one starts. */
    BitSet earlier(int index) {
        return earlier.get(index);
    }
}
