package org.emrelay.runner.finding;

import java.util.Optional;
import org.emrelay.runner.model.SparkOption;

/** Executors were idle while others ran tasks. Applies only to clusters: the cores of a local run cost nothing. */
final class IdleCores implements FindingRule {
    private static final double MAX_USED = 0.5;

    /** Spare executors, because work is never divided perfectly evenly. */
    private static final double RESERVE = 1.25;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        double busy = facts.profile().phases().busy().toMillis();
        double used = facts.profile().totals().duration().toMillis() / Math.max(1, busy * facts.slots());
        int executors = facts.executors();
        int needed = Math.max(1, (int) Math.ceil(executors * used * RESERVE));
        if (facts.isLocal() || used > MAX_USED || needed >= executors) {
            return Optional.empty();
        }
        return Optional.of(StepFinding.ofResources(
                FindingKind.IDLE_CORES,
                "Most cores were idle while tasks ran.",
                "Tasks used " + Figures.percent(used) + " of the " + facts.slots() + " cores of " + executors
                        + " executors.",
                busy * (1 - (double) needed / executors),
                setting(facts, needed)));
    }

    private static ProposedSetting setting(StepFacts facts, int needed) {
        if (facts.requested().dynamicAllocation()) {
            String property = "spark.dynamicAllocation.maxExecutors";
            return ProposedSetting.conf(property, facts.conf(property, "unlimited"), Integer.toString(needed));
        }
        Integer fixed = facts.settings().get(SparkOption.NUM_EXECUTORS);
        return new ProposedSetting(
                SparkOption.NUM_EXECUTORS.key(),
                Integer.toString(fixed == null ? facts.executors() : fixed),
                Integer.toString(needed));
    }
}
