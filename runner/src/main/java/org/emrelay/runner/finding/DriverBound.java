package org.emrelay.runner.finding;

import java.util.List;
import java.util.Optional;
import org.emrelay.runner.profile.Activity;

/** Executors waited too long for the driver. Applies only to clusters, which can release executors. */
final class DriverBound implements FindingRule {
    /** Spark's default of {@code spark.dynamicAllocation.executorIdleTimeout}. */
    private static final long IDLE_TIMEOUT = 60_000;

    private static final long SHORT_IDLE_TIMEOUT = 10_000;

    private static final double MIN_SHARE = 0.2;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        long between = facts.profile().phases().betweenTasks().toMillis();
        if (facts.isLocal() || between < MIN_SHARE * facts.wallMillis()) {
            return Optional.empty();
        }
        boolean dynamic = facts.requested().dynamicAllocation();
        long timeout = dynamic ? SHORT_IDLE_TIMEOUT : IDLE_TIMEOUT;
        double stake = pausesBeyond(timeout, facts.profile().activity());
        String idleTimeout = "spark.dynamicAllocation.executorIdleTimeout";
        return Optional.of(StepFinding.ofResources(
                FindingKind.DRIVER_BOUND,
                "Executors waited for the driver.",
                "For " + Figures.millis(between) + " between the first and the last task, "
                        + Figures.percent((double) between / facts.wallMillis())
                        + " of the step, only the driver worked.",
                stake,
                dynamic
                        ? ProposedSetting.conf(idleTimeout, facts.conf(idleTimeout, "60s"), "10s")
                        : ProposedSetting.conf("spark.dynamicAllocation.enabled", "false", "true")));
    }

    /** Returns how long executors existed without a task beyond the idle timeout. */
    private static double pausesBeyond(long timeout, Activity activity) {
        double sum = 0;
        double pause = 0;
        boolean worked = false;
        List<Integer> busy = activity.busy();
        for (int i = 0; i < busy.size(); i++) {
            if (busy.get(i) > 0) {
                sum += worked ? Math.max(0, pause - timeout) : 0;
                pause = 0;
                worked = true;
            } else if (i < activity.cores().size() && activity.cores().get(i) > 0) {
                pause += activity.interval().toMillis();
            }
        }
        return sum;
    }
}
