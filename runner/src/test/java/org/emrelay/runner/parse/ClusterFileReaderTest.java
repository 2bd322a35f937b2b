package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.ClusterFileText.lines;
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
    private static final Path ROOT_FILE = Path.of("..", "cluster-ec2-spot-fleet.json");

    /** What the original's file has that is obsolete. */
    private static final List<String> WARNINGS_OF_THE_ORIGINAL = List.of(
            "warning: InstanceFleets[2].LaunchSpecifications.SpotSpecification.BlockDurationMinutes: EC2 ended spot"
                    + " blocks in 2022 and EMR refuses this key: it is not sent. Remove it.",
            "warning: InstanceFleets: the fleets mix x86 (m5.xlarge) and Graviton (m6g.2xlarge) machines. Then every"
                    + " bootstrap action, custom image and native library in a jar must be there for both; types of one"
                    + " kind are the safe choice.",
            "warning: Configurations[1].Properties['spark.jars.packages']:"
                    + " com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 was made for a Spark older than the 3.5 of"
                    + " emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.",
            "warning: Ec2SubnetIds: subnet-f384febf, subnet-9cc763f7, subnet-440e1c3e may not be yours: EC2 has given"
                    + " out no such short ids since 2018. Name subnets of your own account, or remove the key to use its"
                    + " default VPC.");

    @TempDir
    Path directory;

    private ClusterFileText file;

    @BeforeEach
    void setUp() {
        file = new ClusterFileText(directory);
    }

    @Test
    void theRootFileIsFaultless() {
        ParseResult<Cluster> reading = ClusterFileReader.read(ROOT_FILE);
        assertThat(reading.problems()).isEmpty();
        Cluster cluster = reading.usable().orElseThrow();
        assertThat(cluster.software().bootstrapActions().get(0).script())
                .isEqualTo(new FileRef.Local(
                        Path.of("..", "bootstrap-action.sh").toAbsolutePath().normalize()));
    }

    @Test
    void twoFleetsAreEnoughAndEverythingElseHasADefault() {
        ParseResult<Cluster> reading = file.withKeys("");
        assertThat(reading.problems()).isEmpty();
        Cluster cluster = reading.usable().orElseThrow();
        assertThat(cluster.software().release()).isEqualTo(new EmrRelease("emr-7.13.0", 7, 13));
        assertThat(cluster.software().applications()).containsExactly("Hadoop", "Spark");
        assertThat(cluster.software().bootstrapActions()).isEmpty();
        assertThat(cluster.lifecycle().aliveWithoutSteps()).isTrue();
        assertThat(cluster.lifecycle().idleTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(cluster.lifecycle().stepsAtOnce()).isEqualTo(1);
        assertThat(cluster.lifecycle().terminationProtected()).isFalse();
        assertThat(cluster.network().subnets()).isEmpty();
        assertThat(cluster.access().serviceRole()).isNull();
        assertThat(cluster.storage().bucket()).isNull();
        assertThat(cluster.tags()).isEmpty();
    }

    @Test
    void aFileInTheOriginalsFormIsReadWithAWordOnWhatIsObsolete() throws IOException {
        Files.createFile(directory.resolve("bootstrap-action.sh"));
        Path copy = Path.of("src", "test", "resources", "cluster-in-the-original-form.json");
        ParseResult<Cluster> reading = file.read(Files.readString(copy));
        assertThat(lines(reading)).containsExactlyElementsOf(WARNINGS_OF_THE_ORIGINAL);
        assertThat(reading.usable()).isPresent();
    }

    @Test
    void theOriginalsOwnFileIsReadWithTheSameWarnings() throws IOException {
        Path original = Path.of(System.getProperty("real.data", ""), "compat", "cluster-original.json");
        assumeTrue(Files.exists(original), "the original's files are not here: give their directory by -Dreal.data");
        Files.createFile(directory.resolve("bootstrap-action.sh"));
        assertThat(lines(file.read(Files.readString(original)))).containsExactlyElementsOf(WARNINGS_OF_THE_ORIGINAL);
    }

    @Test
    void anUnknownKeyNamesTheNearestKnownOne() {
        assertThat(lines(file.withKeys("\"ReleaseLable\": \"x\", \"$comment\": 3")))
                .containsExactly("ReleaseLable: unknown key 'ReleaseLable'. Did you mean 'ReleaseLabel'?");
    }

    @Test
    void keysOfEmrThatHaveNoPlaceHereSayWhereTheirMatterGoes() {
        assertThat(lines(file.withKeys("\"Instances\": {}, \"Steps\": [], \"VisibleToAllUsers\": true")))
                .containsExactly(
                        "Instances: this key of EMR's has no place in a cluster file. Write the keys that stand in it at"
                                + " the top of this file.",
                        "Steps: this key of EMR's has no place in a cluster file. Steps stand in a steps file of their"
                                + " own: -steps steps.json.",
                        "VisibleToAllUsers: this key of EMR's has no place in a cluster file. Remove it: EMR shows every"
                                + " cluster to the whole account.");
    }

    @Test
    void namesHoldOnlyWhatEmrTakes() {
        assertThat(lines(file.withKeys("\"Name\": \"a|b\"")))
                .containsExactly("Name: 'a|b' holds a character that EMR refuses in names: < > $ | ` or a control"
                        + " character.");
        assertThat(lines(file.withKeys("\"Name\": \" \""))).containsExactly("Name: the name is empty.");
        assertThat(lines(file.withKeys("\"Name\": \"" + "n".repeat(257) + "\"")))
                .containsExactly("Name: the name has 257 characters; EMR takes at most 256.");
    }

    @Test
    void bootstrapActionsAreFilesHereOrUris() throws IOException {
        Files.createDirectory(directory.resolve("scripts"));
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"no.sh\"")))
                .containsExactly(
                        "bootstrap_action: there is no file 'no.sh'. Paths are relative to the directory of the"
                                + " cluster file.");
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"scripts\"")))
                .containsExactly("bootstrap_action: 'scripts' is not a file.");
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"https://x/y.sh\"")))
                .containsExactly("bootstrap_action: 'https://x/y.sh' is no place from which a node can fetch a script."
                        + " Write the path of a file here, s3://bucket/key, or file:/path for a file that the nodes"
                        + " have.");
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"a\\u0000b\"")))
                .containsExactly("bootstrap_action: 'a\0b' is not a path.");
        Files.createFile(directory.resolve("scripts").resolve("set up.sh"));
        Cluster cluster = file.withKeys("\"bootstrap_action\": \"scripts/set up.sh\"")
                .usable()
                .orElseThrow();
        assertThat(cluster.software().bootstrapActions())
                .containsExactly(new BootstrapAction(
                        "set up.sh", new FileRef.Local(directory.resolve("scripts/set up.sh")), List.of()));
    }

    @Test
    void bootstrapActionsInEmrsFormHaveNamesAndArguments() {
        String action =
                "{\"Name\": \"fonts\", \"ScriptBootstrapAction\": {\"Path\": \"s3://b/k.sh\", \"Args\": [\"x\"]}}";
        Cluster cluster =
                file.withKeys("\"BootstrapActions\": [" + action + "]").usable().orElseThrow();
        assertThat(cluster.software().bootstrapActions())
                .containsExactly(new BootstrapAction("fonts", new FileRef.Remote("s3://b/k.sh"), List.of("x")));
        assertThat(lines(file.withKeys("\"bootstrap_action\": \"x\", \"BootstrapActions\": [" + action + "]")))
                .containsExactly("bootstrap_action: stands beside BootstrapActions, and which runs first would be a"
                        + " guess. Move it into BootstrapActions.");
        String many = IntStream.range(0, 17).mapToObj(i -> action).collect(Collectors.joining(", "));
        assertThat(lines(file.withKeys("\"BootstrapActions\": [" + many + "]")))
                .containsExactly("BootstrapActions: there are 17 actions; EMR takes at most 16.");
    }

    @Test
    void aFileThatIsNoObjectIsSaid() {
        assertThat(lines(file.read("[]"))).containsExactly("must be an object, not a list.");
        assertThat(lines(file.read("{"))).hasSize(1).first().asString().startsWith("not valid JSON: line 1, column ");
    }
}
