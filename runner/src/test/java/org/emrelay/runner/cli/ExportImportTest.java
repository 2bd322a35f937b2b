package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exported and imported again is the same pipeline. */
final class ExportImportTest {
    @TempDir
    Path directory;

    /** The plan has the commands, the dependencies, what happens after failures, the fingerprints and the resources of the cluster. */
    @ParameterizedTest
    @MethodSource("org.emrelay.runner.cli.RepositoryFilesTest#pipelines")
    void theShippedPipelinesHaveTheSamePlan(String steps) throws IOException {
        RepositoryFilesTest.copyTrackedFiles(directory);
        CliFixture cli = new CliFixture(directory);
        RepositoryFilesTest.writeStubJars(cli, steps);
        Path own = cli.path(steps).resolveSibling("cluster-ec2-spot-fleet.json");
        String cluster =
                Files.exists(own) ? directory.toRealPath().relativize(own).toString() : "cluster-ec2-spot-fleet.json";

        assertThat(cli.run(
                                "export",
                                "--to",
                                "step-functions",
                                "-steps",
                                steps,
                                "-cluster",
                                cluster,
                                "--out",
                                "exported")
                        .code())
                .isZero();
        assertThat(cli.run("import", "exported/state-machine.asl.json", "--out", "back"))
                .isEqualTo(new CommandResult(
                        0,
                        "DIR/back/steps.json\nDIR/back/cluster-ec2-spot-fleet.json\n",
                        "Next: runner.sh -a plan -t emr -steps back/steps.json\n"));

        assertThat(plan(cli, "back/steps.json", "back/cluster-ec2-spot-fleet.json"))
                .isEqualTo(plan(cli, steps, cluster));
    }

    /** It has texts that intrinsic functions cannot contain, retries, a time limit and a step that may fail. */
    @Test
    void textsWithSpecialCharactersStayTheSame() {
        CliFixture cli = new CliFixture(directory)
                .file(
                        "steps.json",
                        TestResources.text("export/steps.json")
                                .replace(", \"config\": \"s3://orders/schema.json\"", "")
                                .replaceFirst(",\\s*\"for_each\": \\{[^}]*}", "")
                                .replace("${each.region}", "at"))
                .file("cluster.json", ExportActionTest.CLUSTER);

        cli.run("export", "--to", "step-functions", "-cluster", "cluster.json", "--out", "exported");
        cli.run("import", "exported/state-machine.asl.json", "--out", "back");

        assertThat(plan(cli, "back/steps.json", "back/cluster-ec2-spot-fleet.json"))
                .isEqualTo(plan(cli, "steps.json", "cluster.json"));
    }

    /** Without what an export does not have: the names of parameters, and the packages of Python steps, which a bundle has installed. */
    private static String plan(CliFixture cli, String steps, String cluster) {
        CommandResult plan = cli.run("plan", "-t", "emr", "-steps", steps, "-cluster", cluster, "--output", "json");
        assertThat(plan.err()).isEmpty();
        return plan.out()
                .replace("\"origin\" : \"parameter mask\"", "\"origin\" : \"local file\"")
                .replaceAll("(?s),\\s+\"python\" : \\{.*?\\n      \\}", "")
                .replaceAll("[0-9a-f]{32}/ranking\\.zip", "HASH/ranking.zip")
                .replaceAll("(?s)(ranking\\.zip.*?\"fingerprint\" : \")[0-9a-f]{32}", "$1HASH");
    }
}
