package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceAllocationTest {
    private static final LocalResources LOCAL_RESOURCES = new LocalResources(4, 8192);

    @Test
    void defaultsToSparksDefaultMemoryAndAllCores() {
        assertThat(of(AttemptRequestBuilder.step("words"))).isEqualTo(new ResourceAllocation(4, 1024, 4, 1024));
    }

    @Test
    void usesTheLargerOfDriverAndExecutorMemory() {
        assertThat(of(AttemptRequestBuilder.step("words").resources("2G", 1, 1, "3G"))
                        .heapMebibytes())
                .isEqualTo(3072);
        assertThat(of(AttemptRequestBuilder.step("words").resources("4G", 1, 1, "3G"))
                        .heapMebibytes())
                .isEqualTo(4096);
    }

    @Test
    void fallsBackToTheSparkConf() {
        AttemptRequestBuilder step = AttemptRequestBuilder.step("words")
                .conf(Map.of(
                        "spark.executor.memory", "5g", "spark.executor.cores", "3", "spark.executor.instances", "1"));
        assertThat(of(step)).isEqualTo(new ResourceAllocation(3, 5120, 3, 5120));
        assertThat(of(step.resources("2G", 2, 1, null))).isEqualTo(new ResourceAllocation(2, 2048, 2, 2048));
    }

    @Test
    void capsTheResourcesOfAllExecutors() {
        ResourceAllocation allocation = of(AttemptRequestBuilder.step("words").resources("18G", 4, 10, null));
        assertThat(allocation).isEqualTo(new ResourceAllocation(4, 8192, 40, 18432));
        assertThat(allocation.isCapped()).isTrue();
    }

    @Test
    void withoutANumberOfExecutorsOnlyOneExecutorCounts() {
        assertThat(of(AttemptRequestBuilder.step("words").resources(null, 2, null, null)))
                .isEqualTo(new ResourceAllocation(4, 1024, 4, 1024));
        assertThat(of(AttemptRequestBuilder.step("words").resources(null, 8, null, null)))
                .isEqualTo(new ResourceAllocation(4, 1024, 8, 1024));
    }

    @Test
    void theWarningNamesOnlyCappedResources() {
        assertThat(warning(AttemptRequestBuilder.step("words").resources("18G", 4, 10, null)))
                .isEqualTo("Steps request up to 18G and 40 cores; capped at 8G and 4 on this machine.");
        assertThat(warning(AttemptRequestBuilder.step("words").resources("8300m", 1, 1, null)))
                .isEqualTo("Steps request up to 8.1G of memory; capped at 8G on this machine.");
        assertThat(warning(AttemptRequestBuilder.step("words").resources("500m", 8, 1, null)))
                .isEqualTo("Steps request up to 8 cores; capped at 4 on this machine.");
    }

    private static String warning(AttemptRequestBuilder step) {
        return ResourceAllocation.capWarning(List.of(of(step)), LOCAL_RESOURCES);
    }

    private static ResourceAllocation of(AttemptRequestBuilder step) {
        return ResourceAllocation.of(step.build(), LOCAL_RESOURCES);
    }
}
