package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.junit.jupiter.api.Test;

final class StepUploadsTest {

    @Test
    void uploadsBothOfTwoJarsWithTheSameName() {
        Path one = Path.of("/one/a.jar");
        Path two = Path.of("/two/a.jar");
        SparkSettings settings = new SparkSettings(
                null,
                null,
                null,
                null,
                DeployMode.CLUSTER,
                Map.of(),
                List.of(),
                List.of(new FileRef.Local(one), new FileRef.Local(two), new FileRef.Local(one)),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        FileHashes hashes = new FileHashes(Map.of(
                TestSteps.JAR,
                new FileHashes.ContentHash("c0de"),
                one,
                new FileHashes.ContentHash("11"),
                two,
                new FileHashes.ContentHash("22")));
        PlannedStep step = Planner.plan(
                        new Pipeline("p", List.of(TestSteps.step("s", new Arguments.Flags(List.of()), settings))),
                        hashes)
                .steps()
                .get(0);

        String prefix = "scripts/" + Fingerprint.hash("2-a.jar@22\na.jar@11\n") + "/";
        assertThat(step.uploads())
                .containsExactlyInAnyOrder(
                        new Upload(TestSteps.JAR, "scripts/c0de/jobs.jar"),
                        new Upload(one, prefix + "a.jar"),
                        new Upload(two, prefix + "2-a.jar"));
    }
}
