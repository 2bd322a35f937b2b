package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.CommandFailure;
import org.jspecify.annotations.Nullable;

/** Finds a local cluster: by id, by name, or the only one that is up. */
final class LocalClusterLookup {
    private static final int MOST_LISTED = 5;

    private final Path workspace;
    private final LocalClusters clusters;

    LocalClusterLookup(Path workspace, LocalClusters clusters) {
        this.workspace = workspace;
        this.clusters = clusters;
    }

    /** The selected cluster, up or ended. */
    LocalCluster any(ClusterSelector selector) throws IOException {
        if (selector.id() != null) {
            return sameName(byId(selector.id()), selector.name());
        } else if (selector.name() != null) {
            return byName(selector.name());
        }
        List<LocalCluster> all = clusters.list();
        List<LocalCluster> up = all.stream().filter(LocalCluster::isActive).toList();
        if (up.isEmpty()) {
            throw noneIsUp(all);
        }
        return only(up, "is up");
    }

    private CommandFailure noneIsUp(List<LocalCluster> ended) {
        String create = "create one with -a create_cluster -t local -c NAME.";
        if (ended.isEmpty()) {
            return CommandFailure.refused("No cluster of " + workspace + " is up. C" + create.substring(1));
        }
        List<LocalCluster> newest = ended.subList(Math.max(0, ended.size() - MOST_LISTED), ended.size());
        return CommandFailure.refused(
                "No cluster of " + workspace + " is up. Ended" + (newest.size() < ended.size() ? " last: " : ": ")
                        + listed(newest) + ". Select one with -idc, or " + create);
    }

    private static LocalCluster sameName(LocalCluster cluster, @Nullable String name) {
        if (name != null && !name.equals(cluster.name())) {
            throw CommandFailure.usage("The cluster " + cluster.id() + " is named '" + cluster.name() + "', not '"
                    + name + "'. Pass either -idc or -c.");
        }
        return cluster;
    }

    private static String listed(List<LocalCluster> clusters) {
        return clusters.stream()
                .map(cluster -> cluster.id() + " ('" + cluster.name() + "')")
                .collect(Collectors.joining(", "));
    }

    /** The selected cluster, which must be up. */
    LocalCluster up(ClusterSelector selector) throws IOException {
        LocalCluster cluster = any(selector);
        if (!cluster.isActive()) {
            throw CommandFailure.refused("The cluster " + cluster.id() + " ('" + cluster.name()
                    + "') has ended. Create a new one with -a create_cluster -t local -c NAME.");
        }
        return cluster;
    }

    private LocalCluster byId(String id) throws IOException {
        List<LocalCluster> known = clusters.list();
        return known.stream()
                .filter(cluster -> cluster.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("No cluster " + id + " in " + workspace + "."
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
        List<LocalCluster> up = named.stream().filter(LocalCluster::isActive).toList();
        if (named.isEmpty()) {
            throw CommandFailure.usage("No cluster named '" + name + "' in " + workspace + "."
                    + suggested(
                            name,
                            all.stream().map(LocalCluster::name).distinct().toList()));
        }
        return up.isEmpty() ? named.get(named.size() - 1) : only(up, "is named '" + name + "'");
    }

    private LocalCluster only(List<LocalCluster> candidates, String what) {
        if (candidates.size() > 1) {
            throw CommandFailure.refused("More than one cluster of " + workspace + " " + what + ": "
                    + listed(candidates) + ". Select one with -idc.");
        }
        return candidates.get(0);
    }

    private static String suggested(String written, List<String> known) {
        String near = Suggestion.didYouMean(written, known);
        return (known.isEmpty() ? " The workspace has no clusters." : " Known: " + String.join(", ", known) + ".")
                + (near.isEmpty() ? "" : " " + near);
    }
}
