package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.jspecify.annotations.Nullable;

/** Finds the cluster that a command means: by id, by name, or because only one is up. */
final class LocalClusterLookup {
    private static final int MOST_LISTED = 5;

    private final Path workspace;
    private final LocalClusters clusters;

    LocalClusterLookup(Path workspace, LocalClusters clusters) {
        this.workspace = workspace;
        this.clusters = clusters;
    }

    /** The cluster that is meant, up or not. */
    LocalCluster any(ClusterChoice choice) throws IOException {
        if (choice.id != null) {
            return sameName(byId(choice.id), choice.name);
        } else if (choice.name != null) {
            return byName(choice.name);
        }
        List<LocalCluster> all = clusters.list();
        List<LocalCluster> up = all.stream().filter(LocalCluster::isUp).toList();
        if (up.isEmpty()) {
            throw noneIsUp(all);
        }
        return only(up, "is up");
    }

    private CommandFailure noneIsUp(List<LocalCluster> ended) {
        String make = "make one with -a create_cluster -t local -c NAME.";
        if (ended.isEmpty()) {
            return CommandFailure.refused("No cluster of " + workspace + " is up. M" + make.substring(1));
        }
        List<LocalCluster> newest = ended.subList(Math.max(0, ended.size() - MOST_LISTED), ended.size());
        return CommandFailure.refused(
                "No cluster of " + workspace + " is up. Ended" + (newest.size() < ended.size() ? " last: " : ": ")
                        + listed(newest) + ". Name one with -idc, or " + make);
    }

    private static LocalCluster sameName(LocalCluster cluster, @Nullable String name) {
        if (name != null && !name.equals(cluster.name())) {
            throw CommandFailure.usage("The cluster " + cluster.id() + " is named '" + cluster.name() + "', not '"
                    + name + "': leave -idc or -c out.");
        }
        return cluster;
    }

    private static String listed(List<LocalCluster> clusters) {
        return clusters.stream()
                .map(cluster -> cluster.id() + " ('" + cluster.name() + "')")
                .collect(Collectors.joining(", "));
    }

    /** The cluster that is meant, which must be up. */
    LocalCluster up(ClusterChoice choice) throws IOException {
        LocalCluster cluster = any(choice);
        if (!cluster.isUp()) {
            throw CommandFailure.refused("The cluster " + cluster.id() + " ('" + cluster.name()
                    + "') has ended. Make another one with -a create_cluster -t local -c NAME.");
        }
        return cluster;
    }

    private LocalCluster byId(String id) throws IOException {
        if (!ClusterId.isUsable(id)) {
            throw CommandFailure.usage(
                    "-idc '" + id + "' is no cluster id: they look like local-1a2b3c4d or j-ABCDEFGHIJKL.");
        }
        ClusterId wanted = new ClusterId(id);
        if (!wanted.isLocal()) {
            throw CommandFailure.usage(id + " is a cluster of EMR, not of this machine: leave -t local out.");
        }
        List<LocalCluster> known = clusters.list();
        return known.stream()
                .filter(cluster -> cluster.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("There is no cluster " + id + " in " + workspace + "."
                        + suggested(
                                id,
                                known.stream()
                                        .map(cluster -> cluster.id().value())
                                        .toList())));
    }

    private LocalCluster byName(String name) throws IOException {
        List<LocalCluster> all = clusters.list();
        List<LocalCluster> named =
                all.stream().filter(cluster -> cluster.name().equals(name)).toList();
        List<LocalCluster> up = named.stream().filter(LocalCluster::isUp).toList();
        if (named.isEmpty()) {
            throw CommandFailure.usage("There is no cluster named '" + name + "' in " + workspace + "."
                    + suggested(
                            name,
                            all.stream().map(LocalCluster::name).distinct().toList()));
        }
        return up.isEmpty() ? named.get(named.size() - 1) : only(up, "is named '" + name + "'");
    }

    private LocalCluster only(List<LocalCluster> candidates, String what) {
        if (candidates.size() > 1) {
            throw CommandFailure.refused("More than one cluster of " + workspace + " " + what + ": "
                    + listed(candidates) + ". Name one with -idc.");
        }
        return candidates.get(0);
    }

    private static String suggested(String written, List<String> known) {
        String near = Suggestion.sentence(written, known);
        return (known.isEmpty() ? " There is none at all." : " Known: " + String.join(", ", known) + ".")
                + (near.isEmpty() ? "" : " " + near);
    }
}
