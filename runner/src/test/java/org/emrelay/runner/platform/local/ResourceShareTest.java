package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.junit.jupiter.api.Test;

/** How runs share this machine. */
final class ResourceShareTest {
    private static final LocalResources MACHINE = new LocalResources(4, 8192);
    private static final AttemptRequestBuilder DEFAULT = AttemptRequestBuilder.step("words");
    private static final AttemptRequestBuilder SMALL =
            AttemptRequestBuilder.step("counts").resources("2G", 1, 1, null);

    private static RunExecution other(String pipeline, int cores, long memory) {
        return new RunExecution(new RunId("run-of-" + pipeline), pipeline, cores, memory, List.of());
    }

    private static ResourceShare share(ExecutionPlan plan, RunExecution... others) {
        return ResourceShare.of(plan, MACHINE, Arrays.asList(others));
    }

    @Test
    void aChainUsesWhatItsLargestStepUses() {
        assertThat(MACHINE.neededBy(LocalPlans.chain(SMALL, SMALL.attempt(2)))).isEqualTo(new LocalResources(1, 2048));
        assertThat(MACHINE.neededBy(LocalPlans.chain(SMALL, DEFAULT))).isEqualTo(new LocalResources(4, 2048));
    }

    @Test
    void independentStepsUseTheSumUpToTheWholeMachine() {
        assertThat(MACHINE.neededBy(LocalPlans.independent(SMALL, SMALL))).isEqualTo(new LocalResources(2, 4096));
        assertThat(MACHINE.neededBy(LocalPlans.independent(SMALL, SMALL, SMALL, SMALL, SMALL)))
                .isEqualTo(new LocalResources(4, 8192));
        assertThat(MACHINE.neededBy(LocalPlans.independent(DEFAULT, DEFAULT))).isEqualTo(new LocalResources(4, 2048));
    }

    @Test
    void aRunAloneUsesTheWholeMachine() {
        assertThat(share(LocalPlans.chain(DEFAULT))).isEqualTo(new ResourceShare(MACHINE, ""));
    }

    @Test
    void aSecondRunUsesWhatTheFirstLeaves() {
        assertThat(share(LocalPlans.chain(DEFAULT), other("clouds", 2, 2048)))
                .isEqualTo(new ResourceShare(
                        new LocalResources(2, 6144),
                        "2 of 4 cores are used by run run-of-clouds (clouds): this run uses 2 cores."));
    }

    @Test
    void aRunThatNeedsNoMoreThanIsLeftSaysNothing() {
        assertThat(share(LocalPlans.chain(SMALL), other("clouds", 3, 6144)))
                .isEqualTo(new ResourceShare(new LocalResources(1, 2048), ""));
    }

    @Test
    void aRunUsesAtLeastOneCoreAndTheMemoryOfASmallStep() {
        assertThat(share(LocalPlans.chain(DEFAULT, SMALL), other("clouds", 4, 8192), other("churn", 1, 1024)))
                .isEqualTo(new ResourceShare(
                        new LocalResources(1, 1024),
                        "4 of 4 cores and 8G of 8G of memory are used by runs run-of-clouds (clouds), run-of-churn"
                                + " (churn): this run uses 1 core and 1G of memory."));
        assertThat(ResourceShare.of(
                                LocalPlans.chain(DEFAULT), new LocalResources(1, 512), List.of(other("clouds", 1, 512)))
                        .granted())
                .isEqualTo(new LocalResources(1, 512));
    }
}
