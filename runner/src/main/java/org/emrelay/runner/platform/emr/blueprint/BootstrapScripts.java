package org.emrelay.runner.platform.emr.blueprint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.Upload;

/**
 * Where the scripts of the bootstrap actions lie: those of this machine in the workspace, each under its content's hash, so that another version never
 * takes the place of one that a cluster still needs.
 *
 * @param places in the file's order: a path in the workspace for what is uploaded, else the URI as it is written
 */
public record BootstrapScripts(List<Upload> uploads, List<String> places) {
    private static final String FOLDER = "bootstrap-emr/";

    public BootstrapScripts {
        uploads = List.copyOf(uploads);
        places = List.copyOf(places);
    }

    /** The files of this machine whose hashes are needed. */
    public static List<Path> files(Cluster cluster) {
        List<Path> files = new ArrayList<>();
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            if (action.script() instanceof FileRef.Local local && !files.contains(local.path())) {
                files.add(local.path());
            }
        }
        return files;
    }

    public static BootstrapScripts of(Cluster cluster, FileHashes facts) {
        List<Upload> uploads = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            if (action.script() instanceof FileRef.Local local) {
                String path = FOLDER + facts.of(local.path()).hash() + "/"
                        + local.path().getFileName();
                Upload upload = new Upload(local.path(), path);
                if (!uploads.contains(upload)) {
                    uploads.add(upload);
                }
                places.add(path);
            } else if (action.script() instanceof FileRef.Remote remote) {
                places.add(remote.uri());
            }
        }
        return new BootstrapScripts(uploads, places);
    }

    /** The scripts' URIs, once it is known what the workspace's begin with. */
    public List<String> uris(String workspace) {
        return places.stream()
                .map(place -> place.startsWith(FOLDER) ? workspace + place : place)
                .toList();
    }
}
