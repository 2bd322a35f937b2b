package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.InstanceFleet;
import org.jspecify.annotations.Nullable;

/** Reads and validates a cluster file without calling AWS; reports all problems at once. */
public final class ClusterFileReader {
    private ClusterFileReader() {}

    /**
     * Reads the file.
     *
     * @param file its directory is the base of relative paths in it
     */
    public static ParseResult<Cluster> read(Path file) {
        return read(file, file.toString());
    }

    /**
     * Reads the file under another name.
     *
     * @param displayName the file name in problems
     */
    public static ParseResult<Cluster> read(Path file, String displayName) {
        Problems problems = new Problems(displayName);
        return read(JsonFile.read(file, problems), file, problems);
    }

    /**
     * Parses the file's content.
     *
     * @param json null if the file could not be read
     */
    static ParseResult<Cluster> read(@Nullable JsonValue json, Path file, Problems problems) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        return ParseResult.of(json == null || directory == null ? null : cluster(json, directory, problems), problems);
    }

    private static @Nullable Cluster cluster(JsonValue json, Path directory, Problems problems) {
        JsonValue supported =
                json instanceof JsonObject object ? UnsupportedClusterKeys.remove(object, problems) : json;
        ClusterFile file = new RecordBinder(problems).bind(supported, "", ClusterFile.class);
        if (file == null) {
            return null;
        }
        SoftwareParser software = new SoftwareParser(problems);
        EmrRelease release = software.release(file.releaseLabel());
        ConfigurationsParser configurations = new ConfigurationsParser(problems, release);
        problems.checkName(file.name(), "Name");
        boolean hasFleetList =
                supported instanceof JsonObject object && object.get("InstanceFleets") instanceof JsonArray;
        List<InstanceFleet> fleets =
                hasFleetList
 ? new FleetParser(problems, new InstanceTypeParser(problems, configurations)).parse(file.instanceFleets())
 : List.of();
        Cluster cluster = new Cluster(
                file.name(),
                software.parse(file, release, configurations, new BootstrapParser(problems, directory)),
                fleets,
                new LifecycleParser(problems).parse(file, fleets),
                new NetworkParser(problems).parse(file),
                new IamParser(problems).parse(file),
                new StorageParser(problems).parse(file),
                new TagsParser(problems).parse(file.tags()));
        new YarnMemory(cluster).check(problems);
        return cluster;
    }
}
