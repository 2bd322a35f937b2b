package org.emrelay.runner.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.PipelineExport;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.ParseContext;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.parse.PlatformRules;
import org.emrelay.runner.parse.StepsFileReader;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.Planner;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;

/** A project whose pipeline is exported. Each local file has the same hash. */
final class TerraformFixture {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern MAIN_CLASS = Pattern.compile("\"main_class\": \"([^\"]+)\"");

    private static final String SMALL_CLUSTER = """
            {"InstanceFleets": [
               {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
               {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1,
                "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}]%s}
            """;

    private final Path directory;
    private boolean privateSubnets;

    TerraformFixture(Path directory) {
        this.directory = directory;
        steps("{\"name\": \"demo\", \"steps\": [" + step("only", "") + "]}");
        small("");
    }

    /** The pipeline and the cluster of the repository's root. */
    TerraformFixture root() {
        try {
            String steps = Files.readString(REPOSITORY.resolve("steps.json"));
            jar("pyspark-equivalent-jobs/target/jobs.jar", steps);
            file("pyspark-equivalent-jobs/target/lib/library.jar", "");
            file("data/mask.png", "");
            file("bootstrap-action.sh", "");
            cluster(Files.readString(REPOSITORY.resolve("cluster-ec2-spot-fleet.json")));
            return steps(steps);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** A step of the pipeline, with further keys. */
    static String step(String name, String keys) {
        return "{\"name\": \"" + name
                + "\", \"script_uri\": \"s3://code/jobs.jar\", \"main_class\": \"Main\", \"output\": {}" + keys + "}";
    }

    TerraformFixture steps(String text) {
        return file("steps.json", text);
    }

    TerraformFixture cluster(String text) {
        return file("cluster.json", text);
    }

    /** A small cluster with further keys, each after a comma. */
    TerraformFixture small(String keys) {
        return cluster(SMALL_CLUSTER.formatted(keys));
    }

    TerraformFixture inPrivateSubnets() {
        privateSubnets = true;
        return this;
    }

    TerraformFixture file(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
            return this;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Writes a jar with the main classes of the steps. */
    private void jar(String name, String steps) throws IOException {
        file(name, "");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            for (String type : MAIN_CLASS
                    .matcher(steps)
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .toList()) {
                jar.putNextEntry(new ZipEntry(type.replace('.', '/') + ".class"));
            }
        }
    }

    ExportedPipeline export() {
        ParseResult<Pipeline> parsed = StepsFileReader.read(
                Path.of("steps.json"),
                new ParseContext(
                        Map.of(),
                        LocalDate.parse("2026-12-01"),
                        directory.toAbsolutePath(),
                        Map.of(),
                        new PlatformRules(true, false, true),
                        () -> directory.resolve("sql-step.jar")),
                null);
        assertThat(parsed.problems()).isEmpty();
        Pipeline pipeline = parsed.usable().orElseThrow();
        ParseResult<Cluster> cluster = ClusterFileReader.read(directory.resolve("cluster.json"));
        assertThat(cluster.problems()).noneMatch(problem -> problem.isError());
        return PipelineExport.of(
                Planner.plan(pipeline, hashes(FileHashes.filesOf(pipeline))),
                cluster.usable().orElseThrow(),
                BootstrapScripts.of(
                        cluster.usable().orElseThrow(),
                        hashes(BootstrapScripts.localFiles(cluster.usable().orElseThrow()))),
                privateSubnets);
    }

    private static FileHashes hashes(List<Path> files) {
        Map<Path, String> hashes = new HashMap<>();
        files.forEach(file -> hashes.put(file, "0123456789abcdef0123456789abcdef"));
        return new FileHashes(hashes);
    }
}
