package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new pipeline runs at once. */
class NewPipelineIT {
    @TempDir
    private Path temporary;

    @Test
    void newPipelinesRunAndHaveTheSameResult() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            for (String kind : List.of("sql", "java")) {
                project.run("-a", "init", kind, "--" + kind).expectExitCode(0);
                project.run("-a", "run", "-steps", kind + "/steps.json").expectExitCode(0);

                assertThat(TestProject.lines(project.directory().resolve("results/" + kind + "/revenue"), ".csv"))
                        .as(kind)
                        .containsExactly("region,orders,revenue", "south,3,31.0", "west,2,26.4", "north,2,15.7");
            }
        }
    }
}
