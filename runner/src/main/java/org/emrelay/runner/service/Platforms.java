package org.emrelay.runner.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.service.ClusterPlatform.Claim;
import org.emrelay.runner.service.ClusterPlatform.Label;
import org.jspecify.annotations.Nullable;

/** The registered platforms. The first one is asked when none knows a cluster. */
public record Platforms(List<ClusterPlatform> all) {
    public Platforms {
        all = List.copyOf(all);
    }

    public Optional<ClusterPlatform> find(String key) {
        return all.stream()
                .filter(platform -> platform.label().key().equalsIgnoreCase(key))
                .findFirst();
    }

    public List<String> keys() {
        return all.stream().map(platform -> platform.label().key()).toList();
    }

    /** Enumerates the platforms for a help text, the default first. Example: {@code local (default; no cost) or Amazon EMR}. */
    public String enumerated(String defaultKey) {
        return all.stream()
                .map(ClusterPlatform::label)
                .sorted(Comparator.comparing(label -> !label.key().equals(defaultKey)))
                .map(label -> label.name() + parentheses(label.key().equals(defaultKey), label.note()))
                .collect(Collectors.joining(" or "));
    }

    private static String parentheses(boolean isDefault, String note) {
        if (!isDefault) {
            return note.isEmpty() ? "" : " (" + note + ")";
        }
        return note.isEmpty() ? " (default)" : " (default; " + note + ")";
    }

    /**
     * Resolves the platform of the selected cluster.
     *
     * @param requested the platform named on the command line; null for none
     */
    public ClusterPlatform resolve(Application app, ClusterSelector selector, @Nullable ClusterPlatform requested)
            throws IOException {
        if (selector.id() != null) {
            ClusterPlatform owner = ownerOf(app, selector.id());
            if (requested != null && !requested.equals(owner)) {
                throw CommandFailure.usage(
                        selector.id() + " is " + owner.label().cluster() + ", not "
                                + requested.label().cluster().replace(" cluster", " one") + ": omit -t "
                                + requested.label().key() + ".");
            }
            return owner;
        } else if (requested != null) {
            return requested;
        }
        List<ClusterPlatform> certain = new ArrayList<>();
        List<ClusterPlatform> possible = new ArrayList<>();
        for (ClusterPlatform platform : all) {
            Claim claim = platform.claim(app, selector);
            if (claim == Claim.YES) {
                certain.add(platform);
            } else if (claim == Claim.POSSIBLY) {
                possible.add(platform);
            }
        }
        if (certain.size() > 1) {
            throw ambiguous(selector, certain);
        }
        return certain.isEmpty() ? possible.isEmpty() ? all.get(0) : possible.get(0) : certain.get(0);
    }

    /**
     * Resolves the platform of a run that is read. A run that no platform knows without a network call is on that of the selected cluster.
     *
     * @param requested the platform named on the command line; null for none
     */
    public ClusterPlatform resolveRun(Application app, ClusterSelector selector, @Nullable ClusterPlatform requested)
            throws IOException {
        RunId newest = null;
        ClusterPlatform owner = null;
        for (ClusterPlatform platform : selector.isNone() && requested == null ? all : List.<ClusterPlatform>of()) {
            RunId found = platform.knownRun(app, selector.run()).orElse(null);
            if (found != null && (newest == null || found.compareTo(newest) > 0)) {
                newest = found;
                owner = platform;
            }
        }
        return owner == null ? resolve(app, selector, requested) : owner;
    }

    private ClusterPlatform ownerOf(Application app, String id) throws IOException {
        for (ClusterPlatform platform : all) {
            if (platform.claim(app, new ClusterSelector(id, null)) == Claim.YES) {
                return platform;
            }
        }
        throw CommandFailure.usage("-idc '" + id + "' is not a valid cluster id, such as "
                + all.stream().map(platform -> platform.label().exampleId()).collect(Collectors.joining(" or ")) + ".");
    }

    private static CommandFailure ambiguous(ClusterSelector selector, List<ClusterPlatform> platforms) {
        List<Label> labels = platforms.stream().map(ClusterPlatform::label).toList();
        String clusters = labels.stream().map(Label::cluster).collect(Collectors.joining(" and "));
        return CommandFailure.refused("This workspace has both " + clusters
                + (selector.name() == null ? " that are up" : " named '" + selector.name() + "'")
                + ". Select one with "
                + labels.stream().map(label -> "-t " + label.key()).collect(Collectors.joining(" or ")) + ".");
    }
}
