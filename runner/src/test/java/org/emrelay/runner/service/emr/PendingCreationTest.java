package org.emrelay.runner.service.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.platform.RunnerCommand;
import org.junit.jupiter.api.Test;

final class PendingCreationTest {

    @Test
    void namesTheCommandsThatContinueAndDelete() {
        PendingCreation pending =
                new PendingCreation("demo", new RunnerCommand("./runner.sh", List.of("--region", "eu-west-1")));
        assertThat(pending.interruptMessage())
                .isEqualTo(
                        "Interrupted. The resources created so far are recorded. Continue with the same command, or delete them:"
                                + " ./runner.sh -a terminate_cluster -c demo --region eu-west-1");
        pending.created("j-1");
        assertThat(pending.interruptMessage()).isEqualTo("""
                        Interrupted. Cluster j-1 is still starting and incurs costs.
                        Check it: ./runner.sh -a describe_cluster -idc j-1 --region eu-west-1
                        Delete it: ./runner.sh -a terminate_cluster -c demo --region eu-west-1""");
    }
}
