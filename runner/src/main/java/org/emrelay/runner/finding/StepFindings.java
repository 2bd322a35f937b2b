package org.emrelay.runner.finding;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out what cost a step time or resources. */
public final class StepFindings {
    /** A smaller difference is within the variation between two runs of the same step. */
    static final Duration MIN_STAKE = Duration.ofSeconds(2);

    /** The minimum share of the step's time that is worth a change. */
    static final double MIN_SHARE = 0.05;

    private static final List<FindingRule> RULES = List.of(
            new Skew(),
            new Spill(),
            new GcPressure(),
            new IdleCores(),
            new ExcessMemory(),
            new MissingMemory(),
            new TinyTasks(),
            new TooFewPartitions(),
            new DriverBound(),
            new FetchWait(),
            new LostExecutors(),
            new SmallFiles());

    /** The kinds of findings that leave cores idle. */
    private static final Set<FindingKind> EXPLAIN_IDLE_CORES =
            Set.of(FindingKind.SKEW, FindingKind.TOO_FEW_PARTITIONS, FindingKind.TINY_TASKS, FindingKind.DRIVER_BOUND);

    private StepFindings() {}

    /** Returns the findings of a step, the one with the most at stake first. */
    public static List<StepFinding> of(StepFacts facts) {
        Map<FindingKind.Cause, StepFinding> strongest = new EnumMap<>(FindingKind.Cause.class);
        RULES.stream()
                .map(rule -> rule.find(facts))
                .flatMap(Optional::stream)
                .filter(finding -> isWorthIt(finding, facts))
                .forEach(finding -> strongest.merge(finding.kind().cause(), finding, StepFindings::stronger));
        boolean explained =
                strongest.values().stream().anyMatch(finding -> EXPLAIN_IDLE_CORES.contains(finding.kind()));
        return strongest.values().stream()
                .filter(finding -> !explained || finding.kind() != FindingKind.IDLE_CORES)
                .sorted(bySeverity())
                .toList();
    }

    private static boolean isWorthIt(StepFinding finding, StepFacts facts) {
        Duration stake = finding.stake();
        return stake.compareTo(MIN_STAKE) >= 0 && stake.toMillis() >= MIN_SHARE * facts.wallMillis();
    }

    private static StepFinding stronger(StepFinding one, StepFinding other) {
        return bySeverity().compare(one, other) <= 0 ? one : other;
    }

    private static Comparator<StepFinding> bySeverity() {
        return comparing(StepFinding::stake).reversed().thenComparing(StepFinding::kind);
    }
}
