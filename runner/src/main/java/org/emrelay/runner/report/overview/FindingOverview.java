package org.emrelay.runner.report.overview;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.finding.StepFinding;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.report.CostReport;
import org.emrelay.runner.report.Quantities;

/**
 * A finding, as shown in the report.
 *
 * @param stake the text about the maximum that the setting can save
 */
public record FindingOverview(StepName step, StepFinding finding, String stake) {
    public FindingOverview {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(stake, "stake");
    }

    /** Returns the findings of a run, the one with the most at stake first. */
    public static List<FindingOverview> of(RunOverview run) {
        return run.steps().stream()
                .flatMap(step -> step.findings().stream()
                        .map(finding -> new FindingOverview(step.name(), finding, stake(finding, run))))
                .sorted(comparing(
                                (FindingOverview overview) -> overview.finding().stake())
                        .reversed())
                .toList();
    }

    private static String stake(StepFinding finding, RunOverview run) {
        String time = Quantities.duration(finding.stake());
        String saved = finding.shortens() ? "up to " + time : "up to " + time + " of cluster time";
        Cost cost = run.cost();
        return cost == null || run.elapsed().isZero() || cost.max().signum() == 0
                ? saved
                : saved + ", " + CostReport.text(share(cost, finding.stake(), run.elapsed()));
    }

    /** Assumes that the cluster's cost per second was constant during the run. */
    private static Cost share(Cost cost, Duration part, Duration whole) {
        BigDecimal share = BigDecimal.valueOf(part.toMillis())
                .divide(BigDecimal.valueOf(Math.max(1, whole.toMillis())), 6, RoundingMode.HALF_UP)
                .min(BigDecimal.ONE);
        return new Cost(
                cost.min().multiply(share), cost.max().multiply(share), cost.unpriced(), cost.countsInstances());
    }
}
