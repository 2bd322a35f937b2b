package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.junit.jupiter.api.Test;

final class StepUploadsTest {

    @Test
    void uploadsBothOfTwoJarsWithTheSameName() {
        Path one = Path.of("/one/a.jar");
        Path two = Path.of("/two/a.jar");
        SparkSettings<NamedFile> settings = SparkSettings.<NamedFile>defaults()
                .with(
                        FileOption.JARS,
                        Stream.of(one, two, one)
                                .map(path -> new NamedFile(new FileRef.Local(path), ""))
                                .toList());
        FileHashes hashes = new FileHashes(Map.of(TestSteps.JAR, "c0de", one, "11", two, "22"));
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
