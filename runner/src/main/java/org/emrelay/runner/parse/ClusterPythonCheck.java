package org.emrelay.runner.parse;

import java.util.List;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.Step;

/** Checks whether a cluster has the Python that steps declare, and can use their packages. */
public final class ClusterPythonCheck {
    private final EmrRelease release;
    private final String clusterFile;
    private final Problems problems;

    private ClusterPythonCheck(EmrRelease release, String clusterFile, Problems problems) {
        this.release = release;
        this.clusterFile = clusterFile;
        this.problems = problems;
    }

    /**
     * Checks every step that runs.
     *
     * @param stepsFile the name of the steps file in problems
     * @param clusterFile the name of the cluster file in problems
     */
    public static List<Problem> check(Pipeline pipeline, String stepsFile, Cluster cluster, String clusterFile) {
        ClusterPythonCheck check =
                new ClusterPythonCheck(cluster.software().release(), clusterFile, new Problems(stepsFile));
        for (int i = 0; i < pipeline.steps().size(); i++) {
            Step step = pipeline.steps().get(i);
            if (step.runs() && step.program() instanceof Program.Python python) {
                check.check(step, python.dependencies(), "steps[" + i + "]");
            }
        }
        return check.problems.toList();
    }

    private void check(Step step, PythonDependencies<?> python, String path) {
        List<String> versions = release.pythonVersions();
        if (!python.version().isEmpty() && !versions.isEmpty() && !versions.contains(python.version())) {
            problems.error(
                    path + ".python",
                    release + " (" + clusterFile + ") has Python " + String.join(" and ", versions) + ", not "
                            + python.version() + ".",
                    "Use one of them, or install another Python on the nodes and name it in spark_conf ("
                            + PythonDependencies.INTERPRETER + ").");
        }
        if (python.requirements().isEmpty()) {
            return;
        }
        if (python.version().isEmpty() && versions.isEmpty()) {
            problems.error(
                    path + ".requirements",
                    "Emrelay does not know the Python of " + release + " (" + clusterFile
                            + "), for which the packages are built.",
                    "Set \"python\" to its version.");
        }
        if (python.version().isEmpty() && step.settings().conf().containsKey(PythonDependencies.INTERPRETER)) {
            problems.error(
                    path + ".requirements",
                    "the packages are built for the release's Python, but spark_conf names another interpreter ("
                            + PythonDependencies.INTERPRETER + ").",
                    "Set \"python\" instead, or bring the packages of that interpreter in archives.");
        }
        if (step.settings().get(SparkOption.DEPLOY_MODE) == DeployMode.CLIENT) {
            problems.error(
                    path + ".requirements",
                    "with \"deploy_mode\": \"client\", the driver runs outside YARN, which unpacks the packages.",
                    "Remove deploy_mode, or install the packages in a bootstrap action.");
        }
    }
}
