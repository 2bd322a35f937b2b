package org.emrelay.runner.platform.emr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

final class SdkRequestMapperTest {
    @Test
    void setsEveryFieldInTheJson() {
        Map<String, Object> json = Map.of(
                "Name", "demo",
                "StepConcurrencyLevel", 4,
                "AutoTerminationPolicy", Map.of("IdleTimeout", 3600L),
                "Configurations", List.of(Map.of("Classification", "spark-env", "Properties", Map.of("a", "b"))),
                "Instances",
                        Map.of(
                                "KeepJobFlowAliveWhenNoSteps",
                                true,
                                "InstanceFleets",
                                List.of(Map.of(
                                        "InstanceFleetType",
                                        "MASTER",
                                        "InstanceTypeConfigs",
                                        List.of(Map.of("BidPriceAsPercentageOfOnDemandPrice", 62.5))))));

        RunJobFlowRequest request =
                SdkRequestMapper.into(RunJobFlowRequest.builder(), json).build();

        assertThat(request.name()).isEqualTo("demo");
        assertThat(request.stepConcurrencyLevel()).isEqualTo(4);
        assertThat(request.autoTerminationPolicy().idleTimeout()).isEqualTo(3600L);
        assertThat(request.configurations().get(0).properties()).isEqualTo(Map.of("a", "b"));
        assertThat(request.instances().keepJobFlowAliveWhenNoSteps()).isTrue();
        InstanceFleetConfig fleet = request.instances().instanceFleets().get(0);
        assertThat(fleet.instanceFleetType()).isEqualTo(InstanceFleetType.MASTER);
        assertThat(fleet.instanceTypeConfigs().get(0).bidPriceAsPercentageOfOnDemandPrice())
                .isEqualTo(62.5);
    }

    @Test
    void rejectsAnUnknownKey() {
        assertThatThrownBy(() -> SdkRequestMapper.into(RunJobFlowRequest.builder(), Map.of("Nmae", "demo")))
                .hasMessageEndingWith("RunJobFlowRequest$BuilderImpl has no field Nmae");
    }

    @Test
    void rejectsAValueOfTheWrongType() {
        assertThatThrownBy(() -> SdkRequestMapper.into(RunJobFlowRequest.builder(), Map.of("Name", 3)))
                .hasMessageStartingWith("not a ")
                .hasMessageEndingWith(": 3");
    }
}
