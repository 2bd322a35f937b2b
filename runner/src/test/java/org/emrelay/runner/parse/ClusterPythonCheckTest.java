package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterPythonCheckTest {
    @TempDir
    Path directory;

    @Test
    void theReleaseHasTheVersionAndYarnUnpacksThePackages() {
        assertThat(check("emr-7.13.0", "\"python\": \"3.9\", \"requirements\": [\"pandas\"]"))
                .isEmpty();
        assertThat(check("emr-7.13.0", "\"python\": \"3.12\""))
                .containsExactly("steps.json: steps[0].python: emr-7.13.0 (cluster.json) has Python 3.9 and 3.11, not"
                        + " 3.12. Use one of them, or install another Python on the nodes and name it in spark_conf"
                        + " (spark.pyspark.python).");
        assertThat(check("emr-7.13.0", "\"requirements\": [\"pandas\"], \"deploy_mode\": \"client\""))
                .containsExactly("steps.json: steps[0].requirements: with \"deploy_mode\": \"client\", the driver runs"
                        + " outside YARN, which unpacks the packages. Remove deploy_mode, or install the packages in a"
                        + " bootstrap action.");
        assertThat(check(
                        "emr-7.13.0",
                        "\"requirements\": [\"pandas\"], \"spark_conf\": {\"spark.pyspark.python\": \"python3.12\"}"))
                .containsExactly("steps.json: steps[0].requirements: the packages are built for the release's Python,"
                        + " but spark_conf names another interpreter (spark.pyspark.python). Set \"python\" instead, or"
                        + " bring the packages of that interpreter in archives.");
    }

    @Test
    void aReleaseWhosePythonIsUnknownNeedsAVersion() {
        assertThat(check("emr-6.15.0", "\"requirements\": [\"pandas\"]"))
                .containsExactly("steps.json: steps[0].requirements: Emrelay does not know the Python of emr-6.15.0"
                        + " (cluster.json), for which the packages are built. Set \"python\" to its version.");
        assertThat(check("emr-6.15.0", "\"requirements\": [\"pandas\"], \"python\": \"3.8\""))
                .isEmpty();
    }

    private List<String> check(String release, String settings) {
        Pipeline pipeline = new StepsFileFixture(directory)
                .file("job.py")
                .withRules(new PlatformRules(true, false, true))
                .parse("{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\", " + settings + "}]}")
                .usable()
                .orElseThrow();
        Cluster cluster = new ClusterFileFixture(directory)
                .withKeys("\"ReleaseLabel\": \"" + release + "\"")
                .usable()
                .orElseThrow();
        return ClusterPythonCheck.check(pipeline, "steps.json", cluster, "cluster.json").stream()
                .map(Problem::toLine)
                .toList();
    }
}
