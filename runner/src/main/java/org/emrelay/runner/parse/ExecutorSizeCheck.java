package org.emrelay.runner.parse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.parse.YarnMemory.ExecutorHost;

/**
 * Finds executors that do not fit on some instance type of the cluster.
 * On EMR such a step would wait forever or fail, after the cluster has already cost money.
 */
public final class ExecutorSizeCheck {
    private final Problems stepProblems;
    private final Problems clusterProblems;
    private final Cluster cluster;
    private final YarnMemory yarn;
    /** The memory limit of a YARN container on each host where it is known. */
    private final Map<ExecutorHost, Long> limits = new LinkedHashMap<>();

    private ExecutorSizeCheck(Cluster cluster, String stepsFile, String clusterFile) {
        this.cluster = cluster;
        this.yarn = new YarnMemory(cluster);
        this.stepProblems = new Problems(stepsFile);
        this.clusterProblems = new Problems(clusterFile);
    }

    /**
     * Checks every step that runs.
     *
     * @param stepsFile the name of the steps file in problems
     * @param clusterFile the name of the cluster file in problems
     */
    public static List<Problem> check(Pipeline pipeline, String stepsFile, Cluster cluster, String clusterFile) {
        ExecutorSizeCheck check = new ExecutorSizeCheck(cluster, stepsFile, clusterFile);
        check.findLimits();
        Map<StepName, String> paths = pipeline.paths();
        pipeline.steps().forEach(step -> check.check(step, requireNonNull(paths.get(step.name()))));
        List<Problem> problems = new ArrayList<>(check.stepProblems.toList());
        problems.addAll(check.clusterProblems.toList());
        return List.copyOf(problems);
    }

    /**
     * Checks the executors of steps without own settings, as far as the cluster file's spark-defaults size them.
     *
     * @param clusterFile the name of the cluster file in problems
     */
    public static List<Problem> check(Cluster cluster, String clusterFile) {
        ExecutorSizeCheck check = new ExecutorSizeCheck(cluster, "", clusterFile);
        ExecutorContainerSize.of(null, cluster).ifPresent(size -> {
            check.findLimits();
            check.checkMemory(size, check.sparkDefaultsPath(), check.clusterProblems);
        });
        return check.clusterProblems.toList();
    }

    private String sparkDefaultsPath() {
        List<Configuration> configurations = cluster.software().configurations();
        for (int i = 0; i < configurations.size(); i++) {
            Configuration configuration = configurations.get(i);
            if (configuration.classification().equals("spark-defaults")
                    && configuration.properties().containsKey(ExecutorContainerSize.HEAP_PROPERTY)) {
                return "Configurations[" + i + "]";
            }
        }
        throw new IllegalStateException("spark-defaults sizes executors but was not found");
    }

    private void findLimits() {
        for (ExecutorHost host : yarn.executorHosts()) {
            Optional<Long> limit = yarn.maxContainerMebibytes(host.instance());
            limit.ifPresent(mebibytes -> limits.put(host, mebibytes));
            if (limit.isEmpty()) {
                clusterProblems.warning(
                        host.path() + ".InstanceType",
                        "the YARN memory of " + host.instance().type()
                                + " is unknown, so executor sizes cannot be checked.",
                        "Set " + YarnMemory.NODE_MEMORY + " in a " + YarnMemory.YARN_SITE + " configuration.");
            }
        }
    }

    private void check(Step step, String path) {
        if (step.runs()) {
            ExecutorContainerSize.of(step, cluster).ifPresent(size -> checkMemory(size, path, stepProblems));
            checkCores(step, path);
        }
    }

    private void checkMemory(ExecutorContainerSize size, String path, Problems problems) {
        Set<String> tooSmall = new LinkedHashSet<>();
        long smallest = Long.MAX_VALUE;
        for (Map.Entry<ExecutorHost, Long> limit : limits.entrySet()) {
            if (limit.getValue() < size.mebibytes()) {
                tooSmall.add(limit.getKey().describe() + " (" + limit.getValue() + " MB)");
                smallest = Math.min(smallest, limit.getValue());
            }
        }
        if (tooSmall.isEmpty()) {
            return;
        }
        problems.error(
                path + "." + size.key(),
                "an executor needs " + size.mebibytes() + " MB (" + size.heapMebibytes() + " MB heap and "
                        + size.overheadMebibytes() + " MB overhead), more than YARN offers on "
                        + String.join(", ", tooSmall) + ".",
                size.largestHeapWithin(smallest)
                        .map(heap -> "The largest heap that fits is " + heap + "m.")
                        .orElse("No executor fits: use larger instance types."));
    }

    /** On EMR, YARN's default resource calculator ignores vCores: the step runs, and its tasks share CPUs. */
    private void checkCores(Step step, String path) {
        Integer cores = step.settings().get(SparkOption.EXECUTOR_CORES);
        if (cores == null) {
            return;
        }
        Set<String> tooSmall = new LinkedHashSet<>();
        int fewestCpus = Integer.MAX_VALUE;
        for (ExecutorHost host : yarn.executorHosts()) {
            int cpus = InstanceHardware.of(host.instance().type())
                    .map(InstanceHardware::virtualCpus)
                    .orElse(Integer.MAX_VALUE);
            if (cpus < cores) {
                tooSmall.add(host.describe() + " (" + cpus + ")");
                fewestCpus = Math.min(fewestCpus, cpus);
            }
        }
        if (!tooSmall.isEmpty()) {
            stepProblems.warning(
                    path + ".executor_cores",
                    "an executor uses " + cores + " cores, more than the vCPUs of " + String.join(", ", tooSmall)
                            + ": its tasks would share CPUs.",
                    "Use at most " + fewestCpus + " to give each task its own vCPU.");
        }
    }
}
