package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Puts each step behind all that it depends on; where the DAG leaves a choice, the file's order holds. */
final class TopologicalOrder {
    private TopologicalOrder() {}

    static List<Step> of(List<Step> steps) {
        Map<StepName, List<Integer>> followers = new HashMap<>();
        int[] missing = new int[steps.size()];
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < steps.size(); i++) {
            Set<StepName> dependencies = steps.get(i).dependencies();
            missing[i] = dependencies.size();
            for (StepName dependency : dependencies) {
                followers.computeIfAbsent(dependency, key -> new ArrayList<>()).add(i);
            }
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<Step> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            Step next = steps.get(ready.remove());
            ordered.add(next);
            for (int follower : followers.getOrDefault(next.name(), List.of())) {
                missing[follower]--;
                if (missing[follower] == 0) {
                    ready.add(follower);
                }
            }
        }
        if (ordered.size() < steps.size()) {
            throw new IllegalArgumentException("the steps form a cycle");
        }
        return ordered;
    }
}
