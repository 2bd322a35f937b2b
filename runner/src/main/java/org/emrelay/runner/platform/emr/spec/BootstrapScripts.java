package org.emrelay.runner.platform.emr.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.Upload;

/**
 * The locations of the bootstrap actions' scripts.
 *
 * <p>Local scripts are uploaded to the workspace under their content hash, so a new version never overwrites one that
 * a running cluster still needs.
 *
 * @param locations in the order of the cluster file: a workspace path for uploaded scripts, otherwise the URI
 */
public record BootstrapScripts(List<Upload> uploads, List<String> locations) {
    private static final String FOLDER = "bootstrap-emr/";

    public BootstrapScripts {
        uploads = List.copyOf(uploads);
        locations = List.copyOf(locations);
    }

    /** The local scripts, whose hashes {@link #of} needs. */
    public static List<Path> localFiles(Cluster cluster) {
        List<Path> files = new ArrayList<>();
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            if (action.script() instanceof FileRef.Local local && !files.contains(local.path())) {
                files.add(local.path());
            }
        }
        return files;
    }

    public static BootstrapScripts of(Cluster cluster, FileHashes hashes) {
        List<Upload> uploads = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            if (action.script() instanceof FileRef.Local local) {
                String path =
                        FOLDER + hashes.get(local.path()) + "/" + local.path().getFileName();
                Upload upload = new Upload(local.path(), path);
                if (!uploads.contains(upload)) {
                    uploads.add(upload);
                }
                locations.add(path);
            } else if (action.script() instanceof FileRef.Remote remote) {
                locations.add(remote.uri());
            }
        }
        return new BootstrapScripts(uploads, locations);
    }

    /** The URIs of the scripts, given the URI of the workspace with a trailing slash. */
    public List<String> uris(String workspaceUri) {
        return locations.stream()
                .map(location -> location.startsWith(FOLDER) ? workspaceUri + location : location)
                .toList();
    }
}
