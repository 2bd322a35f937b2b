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

/** Reads a cluster file and finds at once everything that can be known to be wrong with it without asking AWS. */
public final class ClusterFileReader {
    private ClusterFileReader() {}

    /**
     * Reads the file.
     *
     * @param file relative paths in it start at its directory
     */
    public static ParseResult<Cluster> read(Path file) {
        return read(file, file.toString());
    }

    /**
     * Reads the file under another name.
     *
     * @param shown how the file is named in problems
     */
    public static ParseResult<Cluster> read(Path file, String shown) {
        Problems problems = new Problems(shown);
        return read(JsonFile.read(file, problems), file, problems);
    }

    /**
     * Takes what is in the file already.
     *
     * @param json null when the file could not be read
     */
    static ParseResult<Cluster> read(@Nullable JsonValue json, Path file, Problems problems) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        return ParseResult.of(json == null || directory == null ? null : cluster(json, directory, problems), problems);
    }

    private static @Nullable Cluster cluster(JsonValue json, Path directory, Problems problems) {
        JsonValue own = json instanceof JsonObject object ? UnsupportedClusterKeys.taken(object, problems) : json;
        ClusterFile file = new RecordBinder(problems).read(own, "", ClusterFile.class);
        if (file == null) {
            return null;
        }
        ClusterFields fields = new ClusterFields(problems);
        SoftwareParser software = new SoftwareParser(fields);
        EmrRelease release = software.release(file.releaseLabel());
        ConfigurationsParser configurations = new ConfigurationsParser(problems, release);
        fields.checkName(file.name(), "Name");
        boolean fleetsWritten = own instanceof JsonObject object && object.get("InstanceFleets") instanceof JsonArray;
        List<InstanceFleet> fleets =
                fleetsWritten ? new FleetsParser(fields, configurations).read(file.instanceFleets()) : List.of();
        Cluster cluster = new Cluster(
                file.name(),
                software.read(file, release, configurations, new BootstrapParser(fields, directory)),
                fleets,
                new LifecycleParser(fields).read(file, fleets),
                new NetworkParser(fields).read(file),
                new IamParser(fields).read(file),
                new StorageParser(fields).read(file),
                new TagsParser(problems).read(file.tags()));
        new YarnMemoryCheck(problems).check(cluster);
        return cluster;
    }
}
