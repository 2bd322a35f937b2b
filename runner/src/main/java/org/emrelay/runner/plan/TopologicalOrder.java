package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Sorts steps topologically; ties keep the order of the file. */
final class TopologicalOrder {
    private TopologicalOrder() {}

    static List<Step> of(List<Step> steps) {
        Map<StepName, List<Integer>> dependents = new HashMap<>();
        int[] unmet = new int[steps.size()];
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < steps.size(); i++) {
            Set<StepName> dependencies = steps.get(i).dependencies();
            unmet[i] = dependencies.size();
            for (StepName dependency : dependencies) {
                dependents.computeIfAbsent(dependency, key -> new ArrayList<>()).add(i);
            }
            if (unmet[i] == 0) {
                ready.add(i);
            }
        }
        List<Step> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            Step next = steps.get(ready.remove());
            ordered.add(next);
            for (int dependent : dependents.getOrDefault(next.name(), List.of())) {
                unmet[dependent]--;
                if (unmet[dependent] == 0) {
                    ready.add(dependent);
                }
            }
        }
        if (ordered.size() < steps.size()) {
            throw new IllegalArgumentException("the dependencies of the steps form a cycle");
        }
        return ordered;
    }
}
