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
    void idIsCreatedOnce() throws IOException {
        WorkspaceIdentity identity = new WorkspaceIdentity(workspace);

        assertThat(identity.findId()).isEmpty();
        String id = identity.findOrCreateId(new Random(1));
        assertThat(id).matches("[0-9a-f]{8}");
        assertThat(identity.findOrCreateId(new Random(2))).isEqualTo(id);
        assertThat(new WorkspaceIdentity(workspace).findId()).contains(id);
    }

    @Test
    void listsTheClustersWithAJournal() throws IOException {
        WorkspaceIdentity identity = new WorkspaceIdentity(workspace);
        identity.findOrCreateId(new Random(1));
        for (String name : new String[] {"demo", "a-b.c_d"}) {
            Files.writeString(identity.journalPath("us-east-1", name), "");
        }
        Files.writeString(identity.journalPath("eu-west-1", "demo"), "");

        assertThat(identity.clusterNames()).containsExactly("a-b.c_d", "demo");
    }

    @Test
    void rejectsACorruptId() throws IOException {
        Files.createDirectories(workspace.resolve("cluster-fleet"));
        Files.writeString(workspace.resolve("cluster-fleet").resolve("workspace-id"), "corrupt");

        assertThatThrownBy(() -> new WorkspaceIdentity(workspace).findId())
                .hasMessage(workspace.resolve("cluster-fleet").resolve("workspace-id")
                        + " does not contain a workspace ID of eight hexadecimal digits. Restore it from the tag"
                        + " emrelay:workspace of your clusters.");
    }
}
