package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.model.Cluster.RootVolume;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmrNodeTypeTest {

    private static EmrNodeType node(String type, @Nullable RootVolume root, String release, Volume... data) {
        return EmrNodeType.of(
                type, List.of(data), root, EmrRelease.parse(release).orElseThrow());
    }

    private static Volume volume(String type, int gibibytes, int count) {
        return new Volume(type, gibibytes, null, null, count);
    }

    @ParameterizedTest
    @CsvSource({"emr-7.13.0,gp3,15", "emr-6.15.0,gp3,15", "emr-6.14.0,gp2,15", "emr-6.9.0,gp2,10"})
    void hasTheRootVolumeOfItsRelease(String release, String type, int gibibytes) {
        assertThat(node("i3.xlarge", null, release).volumes()).containsExactly(volume(type, gibibytes, 1));
    }

    @Test
    void hasTheRootVolumeOfTheClusterFile() {
        assertThat(node("i3.xlarge", new RootVolume(60, 4000, null), "emr-7.13.0")
                        .volumes())
                .containsExactly(new Volume("gp3", 60, 4000, null, 1));
        assertThat(node("i3.xlarge", new RootVolume(null, null, 250), "emr-7.13.0")
                        .volumes())
                .containsExactly(new Volume("gp3", 15, null, 250, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "m5.large,1,32",
        "m5.xlarge,2,32",
        "r5.2xlarge,4,32",
        "m6g.4xlarge,4,64",
        "c5.18xlarge,4,288",
        "m7i.24xlarge,4,384",
        "m6i.32xlarge,4,128"
    })
    void hasDefaultVolumesByItsSize(String type, int count, int gibibytes) {
        assertThat(node(type, null, "emr-7.13.0").volumes())
                .containsExactly(volume("gp3", 15, 1), volume("gp2", gibibytes, count));
    }

    @ParameterizedTest
    @CsvSource({"m5d.xlarge", "c6gd.2xlarge", "r5dn.xlarge", "i3en.2xlarge", "x2idn.16xlarge", "g5.xlarge", "r3.xlarge"
    })
    void hasNoDefaultVolumesBesideAnInstanceStore(String type) {
        assertThat(node(type, null, "emr-7.13.0").volumes()).hasSize(1);
    }

    @Test
    void hasTheVolumesOfTheClusterFileInPlaceOfTheDefaults() {
        assertThat(node("m5.xlarge", null, "emr-7.13.0", volume("st1", 500, 2)).volumes())
                .containsExactly(volume("gp3", 15, 1), volume("st1", 500, 2));
    }
}
