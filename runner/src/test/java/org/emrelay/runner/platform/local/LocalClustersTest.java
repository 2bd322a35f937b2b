package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.ClusterId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClustersTest {
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-11-20T11:00:00Z");

    private LocalWorkspace workspace;

    @BeforeEach
    void openWorkspace(@TempDir Path directory) throws IOException {
        workspace = LocalWorkspace.open(directory.resolve("workspace"));
    }

    @Test
    void laterCommandsFindTheCluster() throws IOException {
        LocalCluster created = clusters(TEN, 0x1f).create("demo");
        assertThat(created.id()).isEqualTo(new ClusterId("local-0000001f"));
        assertThat(clusters(ELEVEN).find(created.id())).contains(created);
        assertThat(clusters(ELEVEN).findActive("demo")).containsExactly(created);
        assertThat(clusters(ELEVEN).findActive("other")).isEmpty();
        assertThat(clusters(ELEVEN).find(new ClusterId("local-00000002"))).isEmpty();
    }

    @Test
    void idsAreUnique() throws IOException {
        LocalCluster first = clusters(ELEVEN, 7).create("demo");
        LocalCluster second = clusters(TEN, 7, 7, -1).create("demo");
        assertThat(second.id()).isEqualTo(new ClusterId("local-ffffffff"));
        assertThat(clusters(ELEVEN).list()).containsExactly(second, first);
    }

    @Test
    void terminatingIsIdempotentAndKeepsTheClusterListed() throws IOException {
        LocalCluster created = clusters(TEN, 1).create("demo");
        assertThat(clusters(ELEVEN).end(created.id()))
                .hasValueSatisfying(ended -> assertThat(ended.state()).isEqualTo(LocalCluster.State.TERMINATED));
        assertThat(clusters(ELEVEN.plusSeconds(60)).end(created.id()))
                .hasValueSatisfying(ended -> assertThat(ended.ended()).isEqualTo(ELEVEN));
        assertThat(clusters(ELEVEN).findActive("demo")).isEmpty();
        assertThat(clusters(ELEVEN).list()).hasSize(1);
        assertThat(clusters(ELEVEN).end(new ClusterId("local-00000002"))).isEmpty();
    }

    @Test
    void terminatesAClusterWhoseRunWasKilledAndNoOther() throws IOException {
        LocalCluster kept = clusters(TEN, 1).create("demo");
        try (WorkspaceLock own = WorkspaceLock.acquire(workspace, "run", TEN);
                WorkspaceLock running = WorkspaceLock.acquire(workspace, "run", TEN)) {
            LocalCluster abandoned;
            try (WorkspaceLock killed = WorkspaceLock.acquire(workspace, "run", TEN)) {
                abandoned = clusters(TEN, 2).createForOneRun("run", killed);
            }
            LocalCluster used = clusters(TEN, 3).createForOneRun("run", running);

            clusters(ELEVEN).endAbandoned(own);

            assertThat(clusters(ELEVEN).list().stream().filter(LocalCluster::isActive))
                    .containsExactly(kept, used);
            assertThat(clusters(ELEVEN).find(abandoned.id()))
                    .hasValueSatisfying(found -> assertThat(found.isActive()).isFalse());
        }
    }

    @Test
    void reportsAMalformedRecordWithItsRemedy() throws IOException {
        for (String content :
                List.of("", "{}", "{\"name\": \"a\", \"state\": \"ODD\", \"created\": \"2026-11-20T10:00:00Z\"}")) {
            workspace.write("cluster-fleet/local-00000001.json", content.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> clusters(TEN).list())
                    .isInstanceOf(IOException.class)
                    .hasMessage(workspace.directory()
                            + "/cluster-fleet/local-00000001.json is not a valid local cluster record."
                            + " Delete the file and create the cluster again.");
        }
    }

    @Test
    void ignoresOtherFiles() throws IOException {
        workspace.write("cluster-fleet/j-ABC.json", new byte[0]);
        workspace.write("cluster-fleet/local-.json", new byte[0]);
        workspace.write("cluster-fleet/notes.txt", new byte[0]);
        assertThat(clusters(TEN).list()).isEmpty();
    }

    private LocalClusters clusters(Instant now, int... randomNumbers) {
        Iterator<Integer> numbers = java.util.Arrays.stream(randomNumbers).iterator();
        RandomGenerator random = () -> (long) numbers.next() << 32;
        return new LocalClusters(workspace, random, Clock.fixed(now, ZoneOffset.UTC));
    }
}
