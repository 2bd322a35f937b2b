package org.emrelay.runner.eventlog;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.StageProfile;
import org.emrelay.runner.profile.TaskTotals;

/** Keeps all open stages of an application, and the finished ones with the most task time. */
final class StageSelection {
    private static final int MAX_OPEN = 1_000;
    private static final Comparator<OpenStage> IN_ORDER = comparingLong(OpenStage::submitted)
            .thenComparing(OpenStage::key, comparingInt(StageKey::id).thenComparingInt(StageKey::attempt));

    private final Map<StageKey, OpenStage> open = new LinkedHashMap<>();
    private final PriorityQueue<OpenStage> largest =
            new PriorityQueue<>(comparingLong(OpenStage::taskTime).thenComparing(IN_ORDER.reversed()));
    private final TaskSums totals = new TaskSums();
    private int count;
    private long tasksWithoutStage;

    void submit(OpenStage stage) {
        if (open.putIfAbsent(stage.key(), stage) == null) {
            count++;
        }
        if (open.size() > MAX_OPEN) {
            Iterator<OpenStage> oldest = open.values().iterator();
            keepIfLarge(oldest.next());
            oldest.remove();
        }
    }

    /** Completes a stage. Submits it first if the event of its submission is missing. */
    void complete(OpenStage completion) {
        if (!open.containsKey(completion.key())) {
            submit(completion);
        }
        OpenStage stage = open.get(completion.key());
        if (stage != null) {
            stage.complete(completion);
            closeIfOver(stage);
        }
    }

    void startTask(StageKey key) {
        OpenStage stage = open.get(key);
        if (stage != null) {
            stage.startTask();
        }
    }

    void endTask(FinishedTask task) {
        totals.add(task.sums());
        OpenStage stage = open.get(task.stage());
        if (stage == null) {
            tasksWithoutStage++;
        } else {
            stage.add(task);
            closeIfOver(stage);
        }
    }

    private void closeIfOver(OpenStage stage) {
        if (stage.isOver()) {
            open.remove(stage.key());
            keepIfLarge(stage);
        }
    }

    private void keepIfLarge(OpenStage stage) {
        largest.add(stage);
        if (largest.size() > SparkProfile.MAX_STAGES) {
            largest.remove();
        }
    }

    List<StageProfile> profiles(long start, long end) {
        open.values().forEach(this::keepIfLarge);
        open.clear();
        List<OpenStage> stages = new ArrayList<>(largest);
        stages.sort(IN_ORDER);
        return stages.stream().map(stage -> stage.toProfile(start, end)).toList();
    }

    int count() {
        return count;
    }

    TaskTotals totals() {
        return totals.toTotals();
    }

    void addGaps(Gaps gaps) {
        gaps.addIf(tasksWithoutStage, "task", "could not be assigned to a stage.");
    }
}
