package org.emrelay.runner.platform.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceIdentityTest {
    @TempDir
    Path workspace;

    @Test
    void isMadeOnceAndKept() throws IOException {
        WorkspaceIdentity identity = new WorkspaceIdentity(workspace);

        assertThat(identity.find()).isEmpty();
        String made = identity.findOrMake(new Random(1));
        assertThat(made).matches("[0-9a-f]{8}");
        assertThat(identity.findOrMake(new Random(2))).isEqualTo(made);
        assertThat(new WorkspaceIdentity(workspace).find()).contains(made);
    }

    @Test
    void tellsWhichClustersLedgersSpeakOf() throws IOException {
        WorkspaceIdentity identity = new WorkspaceIdentity(workspace);
        identity.findOrMake(new Random(1));
        for (String name : new String[] {"demo", "a-b.c_d"}) {
            Files.writeString(identity.ledger("us-east-1", name), "");
        }
        Files.writeString(identity.ledger("eu-west-1", "demo"), "");

        assertThat(identity.clusters()).containsExactly("a-b.c_d", "demo");
    }

    @Test
    void refusesAnIdThatSomebodyDamaged() throws IOException {
        Files.createDirectories(workspace.resolve("cluster-fleet"));
        Files.writeString(workspace.resolve("cluster-fleet").resolve("workspace-id"), "oops");

        assertThatThrownBy(() -> new WorkspaceIdentity(workspace).find())
                .hasMessage(workspace.resolve("cluster-fleet").resolve("workspace-id")
                        + " does not hold the id of a workspace: eight hexadecimal digits. Put back the one that the tag"
                        + " emrelay:workspace of your clusters shows.");
    }
}
