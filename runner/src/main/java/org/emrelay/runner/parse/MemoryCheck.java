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
import org.emrelay.runner.model.Step;

/** Finds executors that no node of some type could ever hold: on EMR such a step waits for ever or fails after the cluster was paid for. */
public final class MemoryCheck {
    /** A type on which executors run, and what YARN may give to one container there. */
    private record Place(InstanceTypeConfig instance, InstanceFleet fleet, long mebibytes) {
        String described() {
            return instance.type() + " of the " + fleet.role().word() + " fleet";
        }
    }

    private final Problems stepProblems;
    private final Problems clusterProblems;
    private final Cluster cluster;
    private final List<Place> places = new ArrayList<>();

    private MemoryCheck(Cluster cluster, String stepsFile, String clusterFile) {
        this.cluster = cluster;
        this.stepProblems = new Problems(stepsFile);
        this.clusterProblems = new Problems(clusterFile);
    }

    /**
     * Looks at every step that runs.
     *
     * @param stepsFile how the steps file is named in problems
     * @param clusterFile how the cluster file is named in problems
     */
    public static List<Problem> check(Pipeline pipeline, String stepsFile, Cluster cluster, String clusterFile) {
        MemoryCheck check = new MemoryCheck(cluster, stepsFile, clusterFile);
        check.findPlaces();
        for (int i = 0; i < pipeline.steps().size(); i++) {
            check.check(pipeline.steps().get(i), "steps[" + i + "]");
        }
        List<Problem> found = new ArrayList<>(check.stepProblems.found());
        found.addAll(check.clusterProblems.found());
        return List.copyOf(found);
    }

    /**
     * Looks at the executors of steps that set nothing themselves, as far as the cluster file says how large those are.
     *
     * @param clusterFile how it is named in problems
     */
    public static List<Problem> check(Cluster cluster, String clusterFile) {
        MemoryCheck check = new MemoryCheck(cluster, "", clusterFile);
        ExecutorContainerSize.ofDefaults(cluster).ifPresent(size -> {
            check.findPlaces();
            check.checkMemory(size, check.pathOfDefaults(), check.clusterProblems);
        });
        return check.clusterProblems.found();
    }

    private String pathOfDefaults() {
        List<Configuration> configurations = cluster.software().configurations();
        for (int i = 0; i < configurations.size(); i++) {
            Configuration configuration = configurations.get(i);
            if (configuration.classification().equals("spark-defaults")
                    && configuration.properties().containsKey(ExecutorContainerSize.HEAP)) {
                return "Configurations[" + i + "]";
            }
        }
        throw new IllegalStateException("a size that is written nowhere");
    }

    private void findPlaces() {
        YarnMemoryLimit share = new YarnMemoryLimit(cluster);
        for (int i = 0; i < cluster.fleets().size(); i++) {
            InstanceFleet fleet = cluster.fleets().get(i);
            for (int j = 0; fleet.role().runsExecutors() && j < fleet.types().size(); j++) {
                InstanceTypeConfig type = fleet.types().get(j);
                Optional<Long> mebibytes = share.mebibytes(type);
                mebibytes.ifPresent(memory -> places.add(new Place(type, fleet, memory)));
                if (mebibytes.isEmpty()) {
                    clusterProblems.warning(
                            "InstanceFleets[" + i + "].InstanceTypeConfigs[" + j + "].InstanceType",
                            "how much memory YARN has on " + type.type() + " is not known here, so nothing says whether"
                                    + " the executors fit.",
                            "Set " + YarnMemoryLimit.MEMORY + " in a Configuration of " + YarnMemoryLimit.YARN_SITE
                                    + ".");
                }
            }
        }
    }

    private void check(Step step, String path) {
        if (step.runs()) {
            ExecutorContainerSize.ofExecutor(step, cluster).ifPresent(size -> checkMemory(size, path, stepProblems));
            checkCores(step, path);
        }
    }

    private void checkMemory(ExecutorContainerSize size, String path, Problems problems) {
        List<Place> tooSmall = places.stream()
                .filter(place -> place.mebibytes() < size.mebibytes())
                .toList();
        if (tooSmall.isEmpty()) {
            return;
        }
        long smallest = tooSmall.stream().mapToLong(Place::mebibytes).min().orElseThrow();
        Set<String> described = new LinkedHashSet<>();
        tooSmall.forEach(place -> described.add(place.described() + " (" + place.mebibytes() + " MB)"));
        problems.error(
                path + "." + size.key(),
                "an executor takes " + size.mebibytes() + " MB (" + size.heapMebibytes() + " of heap and "
                        + size.besideMebibytes() + " beside it), more than YARN has on "
                        + String.join(", ", described) + ".",
                size.largestHeapWithin(smallest)
                        .map(heap -> "The largest that fits is " + heap + "m.")
                        .orElse("No executor fits there: use larger instance types."));
    }

    /** YARN on EMR counts no cores, so the step would run, its tasks sharing the processors. */
    private void checkCores(Step step, String path) {
        Integer cores = step.settings().executorCores();
        if (cores == null) {
            return;
        }
        Set<String> tooSmall = new LinkedHashSet<>();
        int fewest = Integer.MAX_VALUE;
        for (InstanceFleet fleet : cluster.fleets()) {
            for (InstanceTypeConfig type : fleet.types()) {
                int cpus = InstanceHardware.of(type.type())
                        .map(InstanceHardware::virtualCpus)
                        .orElse(Integer.MAX_VALUE);
                if (fleet.role().runsExecutors() && cpus < cores) {
                    tooSmall.add(type.type() + " of the " + fleet.role().word() + " fleet (" + cpus + ")");
                    fewest = Math.min(fewest, cpus);
                }
            }
        }
        if (!tooSmall.isEmpty()) {
            stepProblems.warning(
                    path + ".executor_cores",
                    "an executor takes " + cores + " cores, more than there are on " + String.join(", ", tooSmall)
                            + ": its tasks would share them.",
                    "At most " + fewest + " keeps a core for each.");
        }
    }
}
