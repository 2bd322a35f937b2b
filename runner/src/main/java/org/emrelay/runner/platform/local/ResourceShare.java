package org.emrelay.runner.platform.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.plan.ExecutionPlan;

/**
 * The cores and memory that a run may use beside those that other processes execute.
 *
 * @param notice what the run gets less than it could use, and why; empty if it gets all
 */
public record ResourceShare(LocalResources granted, String notice) {
    /** Spark's default heap: a step with less may not start. */
    private static final long MIN_MEBIBYTES = 1024;

    public ResourceShare {
        Objects.requireNonNull(granted, "granted");
        Objects.requireNonNull(notice, "notice");
    }

    /** What the others leave, but at least one core and the memory of one small step. */
    static ResourceShare of(ExecutionPlan plan, LocalResources machine, List<RunExecution> others) {
        int usedCores = others.stream().mapToInt(RunExecution::cores).sum();
        long usedMemory =
                others.stream().mapToLong(RunExecution::memoryMebibytes).sum();
        LocalResources granted = new LocalResources(
                Math.max(1, machine.cores() - usedCores),
                Math.max(Math.min(MIN_MEBIBYTES, machine.memoryMebibytes()), machine.memoryMebibytes() - usedMemory));
        LocalResources wanted = machine.neededBy(plan);
        List<String> used = new ArrayList<>();
        List<String> left = new ArrayList<>();
        if (wanted.cores() > granted.cores()) {
            used.add(Math.min(usedCores, machine.cores()) + " of " + machine.cores() + " cores");
            left.add(granted.cores() + (granted.cores() == 1 ? " core" : " cores"));
        }
        if (wanted.memoryMebibytes() > granted.memoryMebibytes()) {
            used.add(LocalResources.memoryText(Math.min(usedMemory, machine.memoryMebibytes())) + " of "
                    + LocalResources.memoryText(machine.memoryMebibytes()) + " of memory");
            left.add(LocalResources.memoryText(granted.memoryMebibytes()) + " of memory");
        }
        return new ResourceShare(
                granted,
                used.isEmpty()
                        ? ""
                        : String.join(" and ", used) + " are used by "
                                + (others.size() == 1 ? "run " : "runs ")
                                + others.stream().map(RunExecution::label).collect(Collectors.joining(", "))
                                + ": this run uses " + String.join(" and ", left) + ".");
    }
}
