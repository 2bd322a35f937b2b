package org.emrelay.runner.platform.emr.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VcpuQuotaTest {
    @Test
    void findsTheQuotaOfAnInstanceFamily() {
        assertThat(VcpuQuota.of("m5.xlarge", false)).contains(VcpuQuota.STANDARD);
        assertThat(VcpuQuota.of("im4gn.large", true)).contains(VcpuQuota.STANDARD);
        assertThat(VcpuQuota.of("g5.2xlarge", false)).contains(VcpuQuota.G);
        assertThat(VcpuQuota.of("p3.2xlarge", true)).contains(VcpuQuota.P);
        assertThat(VcpuQuota.of("x2gd.xlarge", false)).contains(VcpuQuota.X);
    }

    @Test
    void returnsEmptyForAnUnknownFamily() {
        assertThat(VcpuQuota.of("inf1.xlarge", false)).isEmpty();
        assertThat(VcpuQuota.of("hpc7a.96xlarge", false)).isEmpty();
        assertThat(VcpuQuota.of("u-6tb1.metal", false)).isEmpty();
        assertThat(VcpuQuota.of("p5.48xlarge", true)).isEmpty();
        assertThat(VcpuQuota.of("p5.48xlarge", false)).contains(VcpuQuota.P);
    }
}
