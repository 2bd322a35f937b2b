package org.emrelay.runner.parse;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/**
 * Checks whether the cluster's release can run the bundled jobs and SQL steps. Other jars may be built for another release: for them
 * the cluster file's warning is enough.
 */
public final class BundledJobsCheck {
    /** The package of the bundled jobs. */
    static final String JOBS = "org.emrelay.jobs.";

    private BundledJobsCheck() {}

    /**
     * Checks every step that runs.
     *
     * @param stepsFile the name of the steps file in problems
     * @param clusterFile the name of the cluster file in problems
     */
    public static List<Problem> check(Pipeline pipeline, String stepsFile, Cluster cluster, String clusterFile) {
        Problems problems = new Problems(stepsFile);
        EmrRelease release = cluster.software().release();
        Map<StepName, String> paths = pipeline.paths();
        for (Step step : release.hasSpark35() ? List.<Step>of() : pipeline.steps()) {
            if (step.runs() && step.program() instanceof Program.Sql) {
                problems.error(
                        paths.get(step.name()) + ".sql",
                        "SQL steps need Spark 3.5 and Java 17, which " + release + " does not have.",
                        "Use " + EmrRelease.DEFAULT + " in " + clusterFile + ".");
            } else if (step.runs()
                    && step.program() instanceof Program.Jar jar
                    && jar.mainClass().startsWith(JOBS)) {
                problems.error(
                        paths.get(step.name()) + ".main_class",
                        jar.mainClass() + " is built for Spark 3.5, Scala 2.12 and Java 17, which " + release
                                + " does not have.",
                        "Use " + EmrRelease.DEFAULT + " in " + clusterFile + ".");
            }
        }
        return problems.toList();
    }
}
