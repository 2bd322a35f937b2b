package org.emrelay.runner.run;

import java.util.HashSet;
import java.util.Set;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/** The days of a backfill whose steps may start: the first unfinished ones. Sees the steps in plan order, which is day after day. */
final class OpenDays {
    private final @Nullable Backfill backfill;
    private final Set<String> unfinished = new HashSet<>();

    /** @param backfill null for a run without one, and where the platform keeps the order of the steps */
    OpenDays(@Nullable Backfill backfill) {
        this.backfill = backfill;
    }

    /** Counts the day of an active step as unfinished. */
    void add(StepName step) {
        if (backfill != null) {
            unfinished.add(step.loopValue(backfill.key()));
        }
    }

    /** Whether a waiting step may start. Counts its day as unfinished if so. */
    boolean admit(StepName step) {
        if (backfill == null) {
            return true;
        }
        boolean isOpen = unfinished.contains(step.loopValue(backfill.key())) || unfinished.size() < backfill.parallel();
        if (isOpen) {
            add(step);
        }
        return isOpen;
    }
}
