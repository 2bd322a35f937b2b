package org.emrelay.runner.platform.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.Test;

final class ResourceNamesTest {
    private static final AwsScope SCOPE = new AwsScope("aws", "us-east-1", "123456789012", "1a2b3c4d");
    private static final AwsScope LONGEST_REGION = new AwsScope("aws", "ap-southeast-1", "123456789012", "1a2b3c4d");

    @Test
    void containWorkspaceRegionAndCluster() {
        ResourceNames names = new ResourceNames(SCOPE, "demo");

        assertThat(names.bucket()).isEqualTo("emrelay-123456789012-us-east-1-1a2b3c4d-demo");
        assertThat(names.serviceRole()).isEqualTo("emrelay-1a2b3c4d-us-east-1-demo-service");
        assertThat(names.cluster("9f8e7d6c")).isEqualTo("demo [1a2b3c4d-9f8e7d6c]");
        assertThat(names.cluster("9f8e7d6c")).startsWith(names.clusterNamePrefix());
    }

    @Test
    void stayWithinAwsLimitsForAnyClusterName() {
        for (String name : List.of("a", "x".repeat(64), "A.B_C-d", "Z-".repeat(32), "0..........................")) {
            assertThat(StepName.isValid(name)).isTrue();
            ResourceNames names = new ResourceNames(LONGEST_REGION, name);
            assertThat(names.bucket()).matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
            assertThat(List.of(names.serviceRole(), names.nodeRole())).allMatch(role -> role.matches("[\\w-]{1,64}"));
        }
    }

    @Test
    void stayUniqueWhenShortened() {
        for (String other : List.of("Demo", "demo.", "de-mo", "DEMO")) {
            assertThat(new ResourceNames(SCOPE, other).bucket())
                    .isNotEqualTo(new ResourceNames(SCOPE, "demo").bucket());
        }
        assertThat(new ResourceNames(SCOPE, "a-rather-long-name").nodeRole())
                .isNotEqualTo(new ResourceNames(SCOPE, "a-rather-long-name-2").nodeRole());
    }
}
