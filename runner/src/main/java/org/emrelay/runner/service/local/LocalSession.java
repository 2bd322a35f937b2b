package org.emrelay.runner.service.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.RunExecution;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.CommandFailure;
import org.jspecify.annotations.Nullable;

/** A command's session on a local workspace, whose clusters it finds by id, by name, or as the only one that is up. */
final class LocalSession {
    private static final int MOST_LISTED = 5;

    private final LocalWorkspace workspace;
    private final LocalClusters clusters;
    private final RunnerCommand command;

    private LocalSession(Application app, LocalWorkspace workspace) {
        this.workspace = workspace;
        this.command = app.context().command();
        this.clusters = new LocalClusters(
                workspace, app.context().random(), app.context().clock());
    }

    /** Opens the local workspace, creating it if necessary. */
    static LocalSession open(Application app) throws IOException {
        return new LocalSession(app, app.openWorkspace());
    }

    /** Opens the local workspace, which must exist. */
    static LocalSession openExisting(Application app) throws IOException {
        return new LocalSession(
                app,
                app.findWorkspace()
                        .orElseThrow(
                                () -> CommandFailure.usage(
                                        "Workspace " + app.workspace()
                                                + " does not exist: nothing has run here yet. Use --workspace DIR for another workspace.")));
    }

    /** The local clusters; none where the workspace does not exist. */
    static List<LocalCluster> clusters(Application app) throws IOException {
        Optional<LocalWorkspace> workspace = app.findWorkspace();
        return workspace.isEmpty()
                ? List.of()
                : new LocalSession(app, workspace.get()).clusters().list();
    }

    /** The clusters that users created, and those of runs that have not ended. */
    static List<LocalCluster> clustersToList(Application app) throws IOException {
        Optional<LocalWorkspace> workspace = app.findWorkspace();
        if (workspace.isEmpty()) {
            return List.of();
        }
        LocalSession session = new LocalSession(app, workspace.get());
        Set<ClusterId> executing = session.executing();
        List<LocalCluster> listed = new ArrayList<>();
        for (LocalCluster cluster : session.clusters().list()) {
            if (cluster.isActive() || !cluster.forOneRun()) {
                listed.add(executing.contains(cluster.id()) ? cluster.running() : cluster);
            }
        }
        return listed;
    }

    /** The cluster in its current state: a process may execute a run on it. */
    LocalCluster current(LocalCluster cluster) throws IOException {
        return executing().contains(cluster.id()) ? cluster.running() : cluster;
    }

    /** The clusters on which processes execute runs. */
    private Set<ClusterId> executing() throws IOException {
        RunStore runs = new RunStore(workspace);
        Set<ClusterId> executing = new HashSet<>();
        for (RunExecution execution : WorkspaceLock.executions(workspace)) {
            runs.findReadable(execution.run()).map(Run::cluster).ifPresent(executing::add);
        }
        return executing;
    }

    LocalWorkspace workspace() {
        return workspace;
    }

    LocalClusters clusters() {
        return clusters;
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

    /** The ids of the clusters that an id or a name selects, up or ended. */
    Set<ClusterId> all(ClusterSelector selector) throws IOException {
        if (selector.id() != null) {
            return Set.of(sameName(byId(selector.id()), selector.name()).id());
        }
        return named(Objects.requireNonNull(selector.name(), "neither id nor name")).stream()
                .map(LocalCluster::id)
                .collect(Collectors.toSet());
    }

    private String createCommand() {
        return command.action("create_cluster", "-t", "local", "-c", "NAME");
    }

    private CommandFailure noneIsUp(List<LocalCluster> ended) {
        String create = "reate one: " + createCommand();
        if (ended.isEmpty()) {
            return CommandFailure.refused("No cluster of " + workspace.directory() + " is up. C" + create);
        }
        List<LocalCluster> newest = ended.subList(Math.max(0, ended.size() - MOST_LISTED), ended.size());
        return CommandFailure.refused("No cluster of " + workspace.directory() + " is up. Ended"
                + (newest.size() < ended.size() ? " last: " : ": ") + listed(newest) + ". Select one with -idc, or c"
                + create);
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

    /** The cluster of a run, up or ended. */
    LocalCluster cluster(ClusterId id) throws IOException {
        return byId(id.value());
    }

    /** The selected cluster, which must be up. */
    LocalCluster up(ClusterSelector selector) throws IOException {
        LocalCluster cluster = any(selector);
        if (!cluster.isActive()) {
            throw CommandFailure.refused("The cluster " + cluster.id() + " ('" + cluster.name()
                    + "') has ended. Create a new one: " + createCommand());
        }
        return cluster;
    }

    private LocalCluster byId(String id) throws IOException {
        List<LocalCluster> known = clusters.list();
        return known.stream()
                .filter(cluster -> cluster.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("No cluster " + id + " in " + workspace.directory() + "."
                        + suggested(
                                id,
                                known.stream()
                                        .map(cluster -> cluster.id().value())
                                        .toList())));
    }

    private LocalCluster byName(String name) throws IOException {
        List<LocalCluster> named = named(name);
        List<LocalCluster> up = named.stream().filter(LocalCluster::isActive).toList();
        return up.isEmpty() ? named.get(named.size() - 1) : only(up, "is named '" + name + "'");
    }

    private List<LocalCluster> named(String name) throws IOException {
        List<LocalCluster> all = clusters.list();
        List<LocalCluster> named =
                all.stream().filter(cluster -> cluster.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw CommandFailure.usage("No cluster named '" + name + "' in " + workspace.directory() + "."
                    + suggested(
                            name,
                            all.stream().map(LocalCluster::name).distinct().toList()));
        }
        return named;
    }

    private LocalCluster only(List<LocalCluster> candidates, String what) {
        if (candidates.size() > 1) {
            throw CommandFailure.refused("More than one cluster of " + workspace.directory() + " " + what + ": "
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
