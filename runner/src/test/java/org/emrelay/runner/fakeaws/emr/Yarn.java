package org.emrelay.runner.fakeaws.emr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The YARN applications that steps start. An application outlives a cancelled step and keeps writing until it is
 * killed by its tag or by the application id in the step's log.
 */
public final class Yarn {
    private static final String TAGS = "spark.yarn.tags=";

    private final Map<String, Application> running = new LinkedHashMap<>();
    private final List<String> startedSteps = new ArrayList<>();
    private final List<String> overlappingAttempts = new ArrayList<>();
    private final Set<String> driverFleets = new TreeSet<>();

    private record Application(String cluster, String step, Set<String> tags) {}

    void start(FakeCluster cluster, FakeStep step) {
        startedSteps.add(step.name());
        driverFleets.add(fleetOfDriver(cluster));
        List<String> arguments = step.arguments();
        if (!arguments.contains("spark-submit")) {
            return;
        }
        Set<String> tags = new TreeSet<>();
        arguments.stream()
                .filter(argument -> argument.startsWith(TAGS))
                .forEach(argument ->
                        tags.addAll(List.of(argument.substring(TAGS.length()).split(","))));
        running.values().stream()
                .filter(other -> stepName(other.step()).equals(stepName(step.name())))
                .forEach(other ->
                        overlappingAttempts.add(step.name() + " started while " + other.step() + " was running"));
        running.put(step.id, new Application(cluster.id, step.name(), tags));
    }

    /**
     * Where YARN puts an application master, which is the driver in cluster mode. Since emr-6, node labels are off by
     * default: then it may sit on a task instance, and so it does here.
     */
    private static String fleetOfDriver(FakeCluster cluster) {
        boolean onCore = cluster.request.trees("Configurations").stream()
                .filter(each -> each.text("Classification", "").equals("yarn-site"))
                .map(each -> each.tree("Properties"))
                .anyMatch(properties ->
                        properties.text("yarn.node-labels.enabled", "").equals("true")
                                && properties
                                        .text("yarn.node-labels.am.default-node-label-expression", "")
                                        .equals("CORE"));
        boolean hasTasks =
                cluster.fleets.stream().anyMatch(fleet -> fleet.type().equals("TASK"));
        return onCore || !hasTasks ? "CORE" : "TASK";
    }

    /** The types of the fleets that drivers ran on. */
    public Set<String> driverFleets() {
        return Set.copyOf(driverFleets);
    }

    /** The name without the attempt number, which all attempts share. */
    private static String stepName(String name) {
        return name.replaceFirst("/[0-9]+$", "");
    }

    void finish(FakeStep step) {
        running.remove(step.id);
        List<String> arguments = step.arguments();
        if (step.state.equals("COMPLETED")
                && arguments.size() == 6
                && arguments.get(3).equals("end-application")) {
            killApplication(arguments.get(4), arguments.get(5));
        }
    }

    private void killApplication(String by, String value) {
        if (by.equals("tag")) {
            running.values().removeIf(application -> application.tags().contains(value));
        } else {
            running.remove(Objects.requireNonNull(value));
        }
    }

    void killAll(FakeCluster cluster) {
        running.values().removeIf(application -> application.cluster().equals(cluster.id));
    }

    /** The names of the steps whose applications are running. */
    public List<String> running() {
        return running.values().stream().map(Application::step).toList();
    }

    /** The names of all steps that were started, in order. */
    public List<String> startedSteps() {
        return List.copyOf(startedSteps);
    }

    /** One line for each pair of attempts at the same step that ran at the same time. */
    public List<String> overlappingAttempts() {
        return List.copyOf(overlappingAttempts);
    }
}
