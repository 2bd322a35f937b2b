package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.json.RecordSchema;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.InstanceFleet;
import org.jspecify.annotations.Nullable;

/** Reads and validates a cluster file without calling AWS; reports all problems at once. */
public final class ClusterFileReader {
    /** RunJobFlow keys that users copy into a cluster file although they are not supported, with a remedy for each. */
    private static final Map<String, String> UNSUPPORTED_KEYS = Map.ofEntries(
            Map.entry("Instances", "Move its keys to the top level of this file."),
            Map.entry("InstanceGroups", "Use InstanceFleets."),
            Map.entry("Ec2SubnetId", "Use Ec2SubnetIds, a list."),
            Map.entry("Placement", "Set Ec2SubnetIds to subnets in the Availability Zones that you want."),
            Map.entry("Steps", "Define steps in a separate file: -steps steps.json."),
            Map.entry("VisibleToAllUsers", "Remove it: every cluster is visible to the whole account."),
            Map.entry("AmiVersion", "Use ReleaseLabel."),
            Map.entry("HadoopVersion", "Remove it: the release determines the Hadoop version."),
            Map.entry("AutoScalingRole", "Remove it: ManagedScalingPolicy scales fleets and needs no role."),
            Map.entry("KerberosAttributes", "Kerberos is not supported."),
            Map.entry("PlacementGroupConfigs", "Placement groups are not supported: there is one primary node."));

    private ClusterFileReader() {}

    /** The keys of a cluster file. */
    public static RecordSchema schema() {
        return RecordSchema.of(ClusterFile.class);
    }

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
        JsonValue supported = json instanceof JsonObject object ? withoutUnsupportedKeys(object, problems) : json;
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
        List<InstanceFleet> fleets = hasFleetList
                ? new FleetParser(problems, new InstanceTypeParser(problems, configurations))
                        .parse(file.instanceFleets())
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

    /** Reports keys that are not supported and removes them, so that they are not reported again as unknown. */
    private static JsonObject withoutUnsupportedKeys(JsonObject object, Problems problems) {
        for (Member member : object.members()) {
            String remedy = UNSUPPORTED_KEYS.get(member.key());
            if (remedy != null) {
                problems.error(member.key(), "EMR key not supported in cluster files.", remedy);
            }
        }
        List<Member> supportedMembers = object.members().stream()
                .filter(member -> !UNSUPPORTED_KEYS.containsKey(member.key()))
                .toList();
        return new JsonObject(supportedMembers);
    }
}
