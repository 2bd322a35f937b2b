package org.emrelay.stepprocess;

import java.util.HashMap;
import java.util.Map;

/** Counts the tasks of the stages that are running. Thread-safe. */
final class ActiveStages {

    private static final class Stage {
        private final int tasks;
        private int completed;

        Stage(int tasks) {
            this.tasks = tasks;
        }
    }

    private final Map<Integer, Stage> stages = new HashMap<>();

    /** A stage that is attempted again starts from 0. */
    synchronized void started(int stage, int tasks) {
        stages.put(stage, new Stage(tasks));
    }

    /** A task that ends after its stage, such as a speculative one, does not count. */
    synchronized void taskCompleted(int stage) {
        Stage active = stages.get(stage);
        if (active != null && active.completed < active.tasks) {
            active.completed++;
        }
    }

    synchronized void ended(int stage) {
        stages.remove(stage);
    }

    /** As JSON; an empty object if no stage is running. */
    synchronized String json() {
        long completed =
                stages.values().stream().mapToLong(stage -> stage.completed).sum();
        long total = stages.values().stream().mapToLong(stage -> stage.tasks).sum();
        return total == 0 ? "{}\n" : "{\"completed\": " + completed + ", \"total\": " + total + "}\n";
    }
}
