package org.emrelay.runner.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.runner.model.InstanceHardware.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstanceHardwareTest {
    /** The last column is from EMR's table of defaults. */
    @ParameterizedTest
    @CsvSource({
        "m4.xlarge, 4, 16384, 12288",
        "m4.10xlarge, 40, 163840, 155648",
        "m5.xlarge, 4, 16384, 12288",
        "m5.2xlarge, 8, 32768, 24576",
        "m5.4xlarge, 16, 65536, 57344",
        "m5a.8xlarge, 32, 131072, 122880",
        "m6g.xlarge, 4, 16384, 11712",
        "m6g.2xlarge, 8, 32768, 23424",
        "m6g.12xlarge, 48, 196608, 181248",
        "m6i.4xlarge, 16, 65536, 54272",
        "m6i.12xlarge, 48, 196608, 181248",
        "m6i.32xlarge, 128, 524288, 491520",
        "m6id.12xlarge, 48, 196608, 179200",
        "c4.4xlarge, 16, 30720, 23040",
        "c5.xlarge, 4, 8192, 6144",
        "c5.9xlarge, 36, 73728, 65536",
        "c6g.xlarge, 4, 8192, 5632",
        "c6g.4xlarge, 16, 32768, 23424",
        "r4.xlarge, 4, 31232, 23424",
        "r5.2xlarge, 8, 65536, 57344",
        "r5b.24xlarge, 96, 786432, 741376",
        "r6g.16xlarge, 64, 524288, 491520",
        "i3.8xlarge, 32, 249856, 241664",
        "i3en.3xlarge, 12, 98304, 90112"
    })
    void matchesAwsSpecifications(String type, int virtualCpus, long mebibytes, long yarnMebibytes) {
        InstanceHardware hardware = InstanceHardware.of(type).orElseThrow();
        assertThat(hardware.virtualCpus()).isEqualTo(virtualCpus);
        assertThat(hardware.mebibytes()).isEqualTo(mebibytes);
        assertThat(hardware.yarnMebibytes()).isEqualTo(yarnMebibytes);
    }

    @Test
    void yarnNeverGetsAllInstanceMemory() {
        assertThat(InstanceHardware.knownTypes()).hasSizeGreaterThan(300).allSatisfy(type -> {
            InstanceHardware hardware = InstanceHardware.of(type).orElseThrow();
            assertThat(hardware.yarnMebibytes()).isBetween(hardware.mebibytes() / 2, hardware.mebibytes() - 2048);
        });
    }

    @Test
    void recognizesGravitonByName() {
        for (String type : new String[] {"m6g.xlarge", "c7gn.large", "r8g.2xlarge", "im4gn.xlarge", "a1.large"}) {
            assertThat(InstanceHardware.architectureOf(type)).as(type).isEqualTo(Architecture.ARM_64);
        }
        for (String type : new String[] {"m5.xlarge", "g4dn.xlarge", "m7i-flex.large", "p3.2xlarge", "nothing"}) {
            assertThat(InstanceHardware.architectureOf(type)).as(type).isEqualTo(Architecture.X86_64);
        }
    }
}
