package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceAllocationTest {
    private static final LocalResources MACHINE = new LocalResources(4, 8192);

    @Test
    void aStepThatAsksForNothingGetsSparksDefaultHeapAndAllCores() {
        assertThat(of(Launches.step("words"))).isEqualTo(new ResourceAllocation(4, 1024, 4, 1024));
    }

    @Test
    void driverAndExecutorAreOneProcessThatGetsTheLargerOfTheirSizes() {
        assertThat(of(Launches.step("words").sizes("2G", 1, 1, "3G")).heapMebibytes())
                .isEqualTo(3072);
        assertThat(of(Launches.step("words").sizes("4G", 1, 1, "3G")).heapMebibytes())
                .isEqualTo(4096);
    }

    @Test
    void sizesInTheConfigurationCountWhereTheStepItselfNamesNone() {
        Launches step = Launches.step("words")
                .conf(Map.of(
                        "spark.executor.memory", "5g", "spark.executor.cores", "3", "spark.executor.instances", "1"));
        assertThat(of(step)).isEqualTo(new ResourceAllocation(3, 5120, 3, 5120));
        assertThat(of(step.sizes("2G", 2, 1, null))).isEqualTo(new ResourceAllocation(2, 2048, 2, 2048));
    }

    @Test
    void whatACountOfExecutorsWouldHaveIsCapped() {
        ResourceAllocation allotment = of(Launches.step("words").sizes("18G", 4, 10, null));
        assertThat(allotment).isEqualTo(new ResourceAllocation(4, 8192, 40, 18432));
        assertThat(allotment.isCapped()).isTrue();
    }

    @Test
    void coresOfExecutorsWithoutACountAreNoCapUntilOneAloneIsTooLarge() {
        assertThat(of(Launches.step("words").sizes(null, 2, null, null)))
                .isEqualTo(new ResourceAllocation(4, 1024, 4, 1024));
        assertThat(of(Launches.step("words").sizes(null, 8, null, null)))
                .isEqualTo(new ResourceAllocation(4, 1024, 8, 1024));
    }

    @Test
    void theNoticeNamesOnlyWhatIsLacking() {
        assertThat(notice(Launches.step("words").sizes("18G", 4, 10, null)))
                .isEqualTo("Steps ask for up to 18G and 40 cores; this machine gives 8G and 4.");
        assertThat(notice(Launches.step("words").sizes("8300m", 1, 1, null)))
                .isEqualTo("Steps ask for up to 8.1G of memory; this machine gives 8G.");
        assertThat(notice(Launches.step("words").sizes("500m", 8, 1, null)))
                .isEqualTo("Steps ask for up to 8 cores; this machine gives 4.");
    }

    private static String notice(Launches step) {
        return CapWarning.text(List.of(of(step)), MACHINE);
    }

    private static ResourceAllocation of(Launches step) {
        return ResourceAllocation.of(step.build(), MACHINE);
    }
}
