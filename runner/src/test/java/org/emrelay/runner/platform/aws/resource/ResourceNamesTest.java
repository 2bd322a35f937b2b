package org.emrelay.runner.platform.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.Test;

final class ResourceNamesTest {
    private static final AwsScope SITE = new AwsScope("aws", "us-east-1", "123456789012", "1a2b3c4d");
    private static final AwsScope LONGEST = new AwsScope("aws", "ap-southeast-1", "123456789012", "1a2b3c4d");

    @Test
    void sayWhatIsWhose() {
        ResourceNames names = new ResourceNames(SITE, "demo");

        assertThat(names.bucket()).isEqualTo("emrelay-123456789012-us-east-1-1a2b3c4d-demo");
        assertThat(names.serviceRole()).isEqualTo("emrelay-1a2b3c4d-us-east-1-demo-service");
        assertThat(names.cluster("9f8e7d6c")).isEqualTo("demo [1a2b3c4d-9f8e7d6c]");
        assertThat(names.cluster("9f8e7d6c")).startsWith(names.clusterPrefix());
    }

    @Test
    void keepWithinAwsBoundsWhateverTheClusterIsCalled() {
        for (String name : List.of("a", "x".repeat(64), "A.B_C-d", "Z-".repeat(32), "0..........................")) {
            assertThat(StepName.isUsable(name)).isTrue();
            ResourceNames names = new ResourceNames(LONGEST, name);
            assertThat(names.bucket()).matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
            assertThat(List.of(names.serviceRole(), names.nodeRole())).allMatch(role -> role.matches("[\\w-]{1,64}"));
        }
    }

    @Test
    void keepTwoNamesApartThatLookAlikeWhenShortened() {
        for (String other : List.of("Demo", "demo.", "de-mo", "DEMO")) {
            assertThat(new ResourceNames(SITE, other).bucket()).isNotEqualTo(new ResourceNames(SITE, "demo").bucket());
        }
        assertThat(new ResourceNames(SITE, "a-rather-long-name").nodeRole())
                .isNotEqualTo(new ResourceNames(SITE, "a-rather-long-name-2").nodeRole());
    }
}
