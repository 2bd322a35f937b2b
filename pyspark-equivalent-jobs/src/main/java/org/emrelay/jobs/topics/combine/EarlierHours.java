package org.emrelay.jobs.topics.combine;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.emrelay.tables.UserFault;

/**
 * Finds an earlier output to build on.
 *
 * <p>An output that the user names is used whatever files it was made from. An output found automatically only saves time: the result
 * is the same as if all files were read.
 */
final class EarlierHours {
    /** The runner's names of runs, in {@code output/<pipeline>/<run>/<step>}. */
    private static final Pattern RUN = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{4}");

    private static final int RUNS_TRIED = 10;

    private final SparkSession session;
    private final Configuration configuration;
    private final PostFiles files;
    private final Map<String, String> settings;

    EarlierHours(SparkSession session, PostFiles files, Map<String, String> settings) {
        this.session = session;
        this.configuration = session.sparkContext().hadoopConfiguration();
        this.files = files;
        this.settings = settings;
    }

    /** Returns the output that the user named; empty if it was made with other settings. */
    Optional<Manifest> named(String flag, String uri) {
        Manifest manifest = Manifest.read(session, flag, uri);
        if (!manifest.settings().equals(settings)) {
            System.out.println("Reading all files: " + uri + " was combined with different columns.");
            return Optional.empty();
        } else if (!isComplete(manifest)) {
            throw new UserFault(flag + ": hours of " + uri
                    + " have been deleted or changed. Pass another output of the step 'combine', or omit the flag.");
        }
        return Optional.of(manifest);
    }

    /** Returns the newest usable output of the same step in another run. Its source files must be a subset of the present ones. */
    Optional<Manifest> newest(Path output) {
        Path run = output.getParent();
        Path pipeline = run == null ? null : run.getParent();
        if (run == null || pipeline == null || !RUN.matcher(run.getName()).matches()) {
            return Optional.empty();
        }
        try {
            FileSystem fileSystem = pipeline.getFileSystem(configuration);
            return Stream.of(fileSystem.listStatus(pipeline))
                    .map(FileStatus::getPath)
                    .filter(other -> RUN.matcher(other.getName()).matches())
                    .filter(other -> !other.getName().equals(run.getName()))
                    .sorted(Comparator.comparing(Path::getName).reversed())
                    .limit(RUNS_TRIED)
                    .map(other -> new Path(other, output.getName()))
                    .flatMap(other -> usable(other).stream())
                    .findFirst();
        } catch (IOException unreadable) {
            // All files are read instead: slower, with the same result.
            return Optional.empty();
        }
    }

    private Optional<Manifest> usable(Path output) {
        try {
            Manifest manifest = Manifest.read(session, "", output.toString());
            boolean isPartOfResult = manifest.source().equals(files.source())
                    && manifest.settings().equals(settings)
                    && Set.copyOf(files.files()).containsAll(manifest.files());
            return Optional.of(manifest).filter(found -> isPartOfResult && isComplete(found));
        } catch (UserFault unfinished) {
            return Optional.empty();
        }
    }

    /** Whether all hours are unchanged. Lists each parent directory once. */
    private boolean isComplete(Manifest manifest) {
        Map<String, Long> sizes = new ConcurrentHashMap<>();
        Set<String> parents = new HashSet<>();
        manifest.hours().forEach(hour -> parents.add(String.valueOf(new Path(hour.uri()).getParent())));
        parents.parallelStream().forEach(parent -> addSizes(new Path(parent), sizes));
        return manifest.hours().stream()
                .allMatch(hour -> sizes.getOrDefault(new Path(hour.uri()).toString(), -1L) == hour.bytes());
    }

    private void addSizes(Path parent, Map<String, Long> sizes) {
        try {
            HourFolders.sizes(parent, configuration).forEach(sizes::put);
        } catch (IOException missing) {
            // Hours without a size count as changed.
        }
    }
}
