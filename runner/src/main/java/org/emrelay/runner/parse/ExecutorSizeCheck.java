package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.Step;

/**
 * Finds executors that do not fit on some instance type of the cluster.
 * On EMR such a step would wait forever or fail, after the cluster has already cost money.
 */
public final class ExecutorSizeCheck {
    /** An instance type that runs executors, and its limit for one YARN container. */
    private record ExecutorHost(InstanceTypeConfig instance, InstanceFleet fleet, long mebibytes) {
        String describe() {
            return instance.type() + " in the " + fleet.role().label() + " fleet";
        }
    }

    private final Problems stepProblems;
    private final Problems clusterProblems;
    private final Cluster cluster;
    private final List<ExecutorHost> hosts = new ArrayList<>();

    private ExecutorSizeCheck(Cluster cluster, String stepsFile, String clusterFile) {
        this.cluster = cluster;
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
        check.findHosts();
        for (int i = 0; i < pipeline.steps().size(); i++) {
            check.check(pipeline.steps().get(i), "steps[" + i + "]");
        }
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
            check.findHosts();
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

    private void findHosts() {
        YarnMemory yarn = new YarnMemory(cluster);
        for (int i = 0; i < cluster.fleets().size(); i++) {
            InstanceFleet fleet = cluster.fleets().get(i);
            for (int j = 0; fleet.role().runsExecutors() && j < fleet.types().size(); j++) {
                InstanceTypeConfig type = fleet.types().get(j);
                Optional<Long> mebibytes = yarn.maxContainerMebibytes(type);
                mebibytes.ifPresent(memory -> hosts.add(new ExecutorHost(type, fleet, memory)));
                if (mebibytes.isEmpty()) {
                    clusterProblems.warning(
                            "InstanceFleets[" + i + "].InstanceTypeConfigs[" + j + "].InstanceType",
                            "the YARN memory of " + type.type() + " is unknown, so executor sizes cannot be checked.",
                            "Set " + YarnMemory.NODE_MEMORY + " in a " + YarnMemory.YARN_SITE + " configuration.");
                }
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
        List<ExecutorHost> tooSmall = hosts.stream()
                .filter(host -> host.mebibytes() < size.mebibytes())
                .toList();
        if (tooSmall.isEmpty()) {
            return;
        }
        long smallest =
                tooSmall.stream().mapToLong(ExecutorHost::mebibytes).min().orElseThrow();
        Set<String> descriptions = new LinkedHashSet<>();
        tooSmall.forEach(host -> descriptions.add(host.describe() + " (" + host.mebibytes() + " MB)"));
        problems.error(
                path + "." + size.key(),
                "an executor needs " + size.mebibytes() + " MB (" + size.heapMebibytes() + " MB heap and "
                        + size.overheadMebibytes() + " MB overhead), more than YARN offers on "
                        + String.join(", ", descriptions) + ".",
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
        for (InstanceFleet fleet : cluster.fleets()) {
            for (InstanceTypeConfig type : fleet.types()) {
                int cpus = InstanceHardware.of(type.type())
                        .map(InstanceHardware::virtualCpus)
                        .orElse(Integer.MAX_VALUE);
                if (fleet.role().runsExecutors() && cpus < cores) {
                    tooSmall.add(type.type() + " in the " + fleet.role().label() + " fleet (" + cpus + ")");
                    fewestCpus = Math.min(fewestCpus, cpus);
                }
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
