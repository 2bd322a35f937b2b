package org.emrelay.runner.finding;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.profile.Executors;
import org.emrelay.runner.profile.StageProfile;

/** Executors ran out of memory. */
final class MissingMemory implements FindingRule {
    /** Spark records nothing but these texts. 52 is its exit code for an OutOfMemoryError, 137 that of a killed process. */
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("memory limits|OutOfMemoryError|(?i:exit(ed with)? (code|status):? ?(52|137))");

    private static final Pattern OF_CONTAINER = Pattern.compile("memory limits|memoryOverhead");

    /** Spark's defaults: a tenth of the heap, at least 384 MiB. */
    private static final long MIN_OVERHEAD = 384;

    private static final double OVERHEAD_FACTOR = 0.1;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        Optional<String> reason = reasons(facts).findFirst();
        if (reason.isEmpty()) {
            return Optional.empty();
        }
        boolean fails = facts.profile().stages().stream()
                .anyMatch(stage -> OUT_OF_MEMORY.matcher(stage.failure()).find());
        double stake = fails ? facts.wallMillis() : facts.repeatedMillis();
        Optional<ProposedSetting> setting = OF_CONTAINER.matcher(reason.get()).find() && !facts.isLocal()
                ? Optional.of(overhead(facts))
                : facts.moreMemory();
        return setting.map(change -> StepFinding.ofTime(
                FindingKind.MEMORY_UNDER_PROVISIONED,
                "Executors ran out of memory.",
                facts.losses(reason.get()),
                stake,
                change));
    }

    /** Whether this is the reason of an executor loss or a stage failure for lack of memory. */
    static boolean isReason(String text) {
        return OUT_OF_MEMORY.matcher(text).find();
    }

    private static Stream<String> reasons(StepFacts facts) {
        return Stream.concat(
                        facts.profile().executors().lost().stream().map(Executors.Lost::reason),
                        facts.profile().stages().stream().map(StageProfile::failure))
                .filter(MissingMemory::isReason);
    }

    private static ProposedSetting overhead(StepFacts facts) {
        Long requested = facts.requested().executorOverhead();
        long heap = StepFacts.mebibytes(facts.requested().executorMemory());
        long present = requested == null
                ? Math.max(MIN_OVERHEAD, Math.round(OVERHEAD_FACTOR * heap))
                : StepFacts.mebibytes(requested);
        return ProposedSetting.conf(
                "spark.executor.memoryOverhead", StepFacts.memory(present), StepFacts.memory(2 * present));
    }
}
