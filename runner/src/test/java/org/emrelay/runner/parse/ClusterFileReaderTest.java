package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.ClusterFileFixture.lines;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.FileRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterFileReaderTest {
    private static final Path DEFAULT_CLUSTER_FILE = Path.of("..", "cluster-ec2-spot-fleet.json");

    /** Warnings of obsolete keys in the legacy cluster file. */
    private static final List<String> LEGACY_FILE_WARNINGS = List.of(
            "warning: InstanceFleets[2].LaunchSpecifications.SpotSpecification.BlockDurationMinutes: EC2 discontinued"
                    + " Spot blocks in 2022 and EMR rejects this key; it is ignored. Remove it.",
            "warning: InstanceFleets: the fleets mix x86 (m5.xlarge) and Graviton (m6g.2xlarge) instances. Every"
                    + " bootstrap action, custom AMI and native library in a jar must support both architectures;"
                    + " prefer instance types of one architecture.",
            "warning: Configurations[1].Properties['spark.jars.packages']: com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 is"
                    + " built for a Spark older than the 3.5 of emr-7.13.0. Use"
                    + " com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.",
            "warning: Ec2SubnetIds: subnet-f384febf, subnet-9cc763f7, subnet-440e1c3e may belong to another account:"
                    + " EC2 has not issued such short ids since 2018. Specify subnets of your own account, or remove"
                    + " the key to use its default VPC.");

    @TempDir
    Path directory;

    private ClusterFileFixture file;

    @BeforeEach
    void setUp() {
        file = new ClusterFileFixture(directory);
    }

    @Test
    void defaultClusterFileHasNoProblems() {
        ParseResult<Cluster> result = ClusterFileReader.read(DEFAULT_CLUSTER_FILE);
        assertThat(result.problems()).isEmpty();
        Cluster cluster = result.usable().orElseThrow();
        assertThat(cluster.software().bootstrapActions().get(0).script())
                .isEqualTo(new FileRef.Local(
                        Path.of("..", "bootstrap-action.sh").toAbsolutePath().normalize()));
    }

    @Test
    void onlyTwoFleetsAreRequired() {
        ParseResult<Cluster> result = file.withKeys("");
        assertThat(result.problems()).isEmpty();
        Cluster cluster = result.usable().orElseThrow();
        assertThat(cluster.software().release()).isEqualTo(new EmrRelease("emr-7.13.0", 7, 13));
        assertThat(cluster.software().applications()).containsExactly("Hadoop", "Spark");
        assertThat(cluster.software().bootstrapActions()).isEmpty();
        assertThat(cluster.lifecycle().keepAliveWithoutSteps()).isTrue();
        assertThat(cluster.lifecycle().idleTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(cluster.lifecycle().stepConcurrency()).isEqualTo(1);
        assertThat(cluster.lifecycle().terminationProtected()).isFalse();
        assertThat(cluster.network().subnets()).isEmpty();
        assertThat(cluster.iam().serviceRole()).isNull();
        assertThat(cluster.storage().bucket()).isNull();
        assertThat(cluster.tags()).isEmpty();
    }

    @Test
    void legacyFileIsReadWithWarnings() throws IOException {
        Files.createFile(directory.resolve("bootstrap-action.sh"));
        Path copy = Path.of("src", "test", "resources", "cluster-legacy-form.json");
        ParseResult<Cluster> result = file.read(Files.readString(copy));
        assertThat(lines(result)).containsExactlyElementsOf(LEGACY_FILE_WARNINGS);
        assertThat(result.usable()).isPresent();
    }

    @Test
    void publishedLegacyFileIsReadWithSameWarnings() throws IOException {
        Path original = Path.of(System.getProperty("real.data", ""), "compat", "cluster-original.json");
        assumeTrue(Files.exists(original), "skipped: -Dreal.data does not contain compat/cluster-original.json");
        Files.createFile(directory.resolve("bootstrap-action.sh"));
        assertThat(lines(file.read(Files.readString(original)))).containsExactlyElementsOf(LEGACY_FILE_WARNINGS);
    }

    @Test
    void unknownKeySuggestsClosestKnownKey() {
        assertThat(lines(file.withKeys("\"ReleaseLable\": \"x\", \"$comment\": 3")))
                .containsExactly("ReleaseLable: unknown key 'ReleaseLable'. Did you mean 'ReleaseLabel'?");
    }

    @Test
    void unsupportedEmrKeysHaveRemedies() {
        assertThat(lines(file.withKeys("\"Instances\": {}, \"Steps\": [], \"VisibleToAllUsers\": true")))
                .containsExactly(
                        "Instances: EMR key not supported in cluster files. Move its keys to the top level of this"
                                + " file.",
                        "Steps: EMR key not supported in cluster files. Define steps in a separate file: -steps"
                                + " steps.json.",
                        "VisibleToAllUsers: EMR key not supported in cluster files. Remove it: every cluster is visible"
                                + " to the whole account.");
    }

    @Test
    void rejectsNamesThatEmrRejects() {
        assertThat(lines(file.withKeys("\"Name\": \"a|b\"")))
                .containsExactly("Name: 'a|b' contains a character that EMR rejects in names: < > $ | ` or a control"
                        + " character.");
        assertThat(lines(file.withKeys("\"Name\": \" \""))).containsExactly("Name: the name is empty.");
        assertThat(lines(file.withKeys("\"Name\": \"" + "n".repeat(257) + "\"")))
                .containsExactly("Name: the name has 257 characters; EMR allows at most 256.");
    }

    @Test
    void bootstrapActionsAreLocalFilesOrUris() throws IOException {
        Files.createDirectory(directory.resolve("scripts"));
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"no.sh\"")))
                .containsExactly(
                        "bootstrap_action: file 'no.sh' not found. Relative paths are resolved against the directory of"
                                + " the cluster file.");
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"scripts\"")))
                .containsExactly("bootstrap_action: 'scripts' is not a file.");
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"https://x/y.sh\"")))
                .containsExactly("bootstrap_action: 'https://x/y.sh' is not a location that nodes can download a script"
                        + " from. Use a local path, s3://bucket/key, or file:/path for a file that exists on the"
                        + " nodes.");
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"a\\u0000b\"")))
                .containsExactly("bootstrap_action: 'a\0b' is not a valid path.");
        Files.createFile(directory.resolve("scripts").resolve("set up.sh"));
        Cluster cluster = file.withKeys("\"bootstrap_action\": \"scripts/set up.sh\"")
                .usable()
                .orElseThrow();
        assertThat(cluster.software().bootstrapActions())
                .containsExactly(new BootstrapAction(
                        "set up.sh", new FileRef.Local(directory.resolve("scripts/set up.sh")), List.of()));
    }

    @Test
    void bootstrapActionsInEmrFormHaveNamesAndArguments() {
        String action =
                "{\"Name\": \"fonts\", \"ScriptBootstrapAction\": {\"Path\": \"s3://b/k.sh\", \"Args\": [\"x\"]}}";
        Cluster cluster =
                file.withKeys("\"BootstrapActions\": [" + action + "]").usable().orElseThrow();
        assertThat(cluster.software().bootstrapActions())
                .containsExactly(new BootstrapAction("fonts", new FileRef.Remote("s3://b/k.sh"), List.of("x")));
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"x\", \"BootstrapActions\": [" + action + "]")))
                .containsExactly("bootstrap_action: cannot be combined with BootstrapActions: the order would be"
                        + " ambiguous. Move it into BootstrapActions.");
        String many = IntStream.range(0, 17).mapToObj(i -> action).collect(Collectors.joining(", "));
        assertThat(lines(file.withKeys("\"BootstrapActions\": [" + many + "]")))
                .containsExactly("BootstrapActions: there are 17 bootstrap actions; EMR allows at most 16.");
    }

    @Test
    void reportsFileThatIsNotAnObject() {
        assertThat(lines(file.read("[]"))).containsExactly("must be an object, not a list.");
        assertThat(lines(file.read("{"))).hasSize(1).first().asString().startsWith("not valid JSON: line 1, column ");
    }
}
