package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.model.ClusterId;

/** The local clusters of a workspace, one JSON file each. Every command is a process of its own, so they are stored on disk. */
public final class LocalClusters {
    private static final String FOLDER = "cluster-fleet";
    private static final String SUFFIX = ".json";
    private static final String PREFIX = "local-";

    private static final RecordJson FIELDS =
            new RecordJson().key("id", "cluster_id").defaultOf("for_one_run", fields -> false);

    private final LocalWorkspace workspace;
    private final RandomGenerator random;
    private final Clock clock;

    public LocalClusters(LocalWorkspace workspace, RandomGenerator random, Clock clock) {
        this.workspace = workspace;
        this.random = random;
        this.clock = clock;
    }

    public LocalCluster create(String name) throws IOException {
        return create(unusedId(), name, false);
    }

    /** Creates and locks a cluster that its creator terminates. If the creator is killed, {@link #endAbandoned} does. */
    public LocalCluster createForOneRun(String name, WorkspaceLock lock) throws IOException {
        ClusterId id = unusedId();
        // First: an unlocked cluster counts as abandoned.
        lock.lockCluster(id);
        return create(id, name, true);
    }

    private LocalCluster create(ClusterId id, String name, boolean forOneRun) throws IOException {
        LocalCluster cluster = new LocalCluster(id, name, LocalCluster.State.WAITING, clock.instant(), null, forOneRun);
        write(cluster);
        return cluster;
    }

    private ClusterId unusedId() throws IOException {
        ClusterId id;
        do {
            id = new ClusterId(PREFIX + String.format("%08x", random.nextInt()));
        } while (find(id).isPresent());
        return id;
    }

    /** All clusters ever created in this workspace, the oldest first. */
    public List<LocalCluster> list() throws IOException {
        List<LocalCluster> clusters = new ArrayList<>();
        for (String file : workspace.list(FOLDER)) {
            String id = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : "";
            if (id.startsWith(PREFIX) && ClusterId.isValid(id)) {
                find(new ClusterId(id)).ifPresent(clusters::add);
            }
        }
        clusters.sort(Comparator.comparing(LocalCluster::created).thenComparing(LocalCluster::id));
        return clusters;
    }

    public Optional<LocalCluster> find(ClusterId id) throws IOException {
        Optional<byte[]> content = workspace.read(path(id));
        return content.isEmpty() ? Optional.empty() : Optional.of(read(id, content.get()));
    }

    /** The active clusters with a name. The name of a terminated cluster can be reused. */
    public List<LocalCluster> findActive(String name) throws IOException {
        return list().stream()
                .filter(cluster -> cluster.isActive() && cluster.name().equals(name))
                .toList();
    }

    /** Marks a cluster terminated. Idempotent; empty if there is no cluster with this id. */
    public Optional<LocalCluster> end(ClusterId id) throws IOException {
        Optional<LocalCluster> ended = find(id).map(cluster -> cluster.endedAt(clock.instant()));
        if (ended.isPresent()) {
            write(ended.get());
        }
        return ended;
    }

    /** Terminates clusters created for one run whose creator was killed: no process has locked them. */
    public void endAbandoned(WorkspaceLock lock) throws IOException {
        List<ClusterId> candidates = list().stream()
                .filter(cluster -> cluster.forOneRun() && cluster.isActive())
                .map(LocalCluster::id)
                .toList();
        if (!candidates.isEmpty()) {
            lock.withUnlocked(candidates, this::end);
        }
    }

    private void write(LocalCluster cluster) throws IOException {
        workspace.write(
                path(cluster.id()), JsonWriter.pretty(FIELDS.write(cluster)).getBytes(StandardCharsets.UTF_8));
    }

    private LocalCluster read(ClusterId id, byte[] content) throws IOException {
        try {
            return JsonFields.read(
                    new String(content, StandardCharsets.UTF_8), fields -> FIELDS.read(LocalCluster.class, fields));
        } catch (MalformedJsonException malformed) {
            throw new IOException(
                    workspace.uri(path(id))
                            + " is not a valid local cluster record. Delete the file and create the cluster again.",
                    malformed);
        }
    }

    private static String path(ClusterId id) {
        return FOLDER + "/" + id + SUFFIX;
    }
}
