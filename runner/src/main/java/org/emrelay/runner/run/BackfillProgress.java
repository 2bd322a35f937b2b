package org.emrelay.runner.run;

import java.util.HashSet;
import java.util.Set;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.jspecify.annotations.Nullable;

/**
 * How much of a backfill is done.
 *
 * @param done the number of days whose steps all have results
 */
public record BackfillProgress(int done, int days) {

    /** The progress of a run; null if it is not a backfill. */
    public static @Nullable BackfillProgress of(ExecutionPlan plan, RunState state) {
        Backfill backfill = plan.backfill();
        if (backfill == null) {
            return null;
        }
        Set<String> open = new HashSet<>();
        for (PlannedStep step : plan.steps()) {
            if (step.runs() && !state.phase(step.name()).hasResult()) {
                open.add(step.name().loopValue(backfill.key()));
            }
        }
        int days = backfill.days().size();
        return new BackfillProgress(days - open.size(), days);
    }
}
