package org.emrelay.runner.parse.imported;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The states of a state machine, or of one branch of it, in the order in which they can be entered. */
final class StateGraph {
    private final Map<String, JsonTree> states;
    private final List<String> order = new ArrayList<>();
    private final Set<String> entered = new HashSet<>();
    private final Map<String, Set<String>> predecessors = new HashMap<>();

    /** @param machine an object with {@code StartAt} and {@code States} */
    StateGraph(JsonTree machine) {
        states = machine.get("States").members();
        String start = machine.get("StartAt").text().orElse("");
        if (states.containsKey(start)) {
            sort(start);
        }
    }

    /** Depth first, without recursion: a state machine may have thousands of states. */
    private void sort(String start) {
        entered.add(start);
        Deque<String> path = new ArrayDeque<>(List.of(start));
        Deque<Iterator<String>> open = new ArrayDeque<>(List.of(lastFirst(start)));
        while (!path.isEmpty()) {
            Iterator<String> next = open.getLast();
            if (!next.hasNext()) {
                order.add(path.removeLast());
                open.removeLast();
                continue;
            }
            String successor = next.next();
            if (entered.add(successor)) {
                path.add(successor);
                open.add(lastFirst(successor));
            }
        }
        Collections.reverse(order);
        for (String name : order) {
            successors(name)
                    .forEach(successor -> predecessors
                            .computeIfAbsent(successor, key -> new LinkedHashSet<>())
                            .add(name));
        }
    }

    private Iterator<String> lastFirst(String name) {
        List<String> successors = new ArrayList<>(successors(name));
        Collections.reverse(successors);
        return successors.iterator();
    }

    /** The states after a state that does not fail. */
    Set<String> successors(String name) {
        JsonTree state = state(name);
        Set<String> successors = new LinkedHashSet<>();
        state.get("Choices")
                .elements()
                .forEach(choice -> choice.get("Next").text().ifPresent(successors::add));
        state.get("Default").text().ifPresent(successors::add);
        state.get("Next").text().ifPresent(successors::add);
        successors.retainAll(states.keySet());
        return successors;
    }

    /** The states that are entered unless a state fails; each after those before it, but for loops. */
    List<String> order() {
        return order;
    }

    boolean isEntered(String name) {
        return entered.contains(name);
    }

    Set<String> predecessors(String name) {
        return predecessors.getOrDefault(name, Set.of());
    }

    JsonTree state(String name) {
        return states.getOrDefault(name, JsonTree.NONE);
    }

    /** The states that are entered only after a failure, or never. */
    List<String> others() {
        Set<String> others = new LinkedHashSet<>(states.keySet());
        order.forEach(others::remove);
        return List.copyOf(others);
    }

    /** Whether a state of a kind can be entered from a state, or is that state. */
    boolean reaches(String from, Predicate<String> kind) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String name = open.removeLast();
            if (states.containsKey(name) && reached.add(name)) {
                if (kind.test(name)) {
                    return true;
                }
                open.addAll(successors(name));
            }
        }
        return false;
    }
}
