package org.emrelay.runner.service.emr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PendingCreationTest {

    @Test
    void namesTheCommandsThatContinueAndDelete() {
        PendingCreation pending = new PendingCreation("demo");
        assertThat(pending.interruptMessage())
                .isEqualTo(
                        "Interrupted. The resources created so far are recorded. Delete them with -a terminate_cluster"
                                + " -c demo, or continue with the same command.");
        pending.created("j-1");
        assertThat(pending.interruptMessage())
                .isEqualTo("Interrupted. Cluster j-1 is still starting and incurs costs. Check it with"
                        + " -a describe_cluster -idc j-1; delete it with -a terminate_cluster -c demo.");
    }
}
