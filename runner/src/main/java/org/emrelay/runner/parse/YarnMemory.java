package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceTypeConfig;

/** The memory that YARN offers on the nodes of a cluster. */
record YarnMemory(Cluster cluster) {
    static final String YARN_SITE = "yarn-site";
    static final String NODE_MEMORY = "yarn.nodemanager.resource.memory-mb";
    private static final String MAX_CONTAINER_MEMORY = "yarn.scheduler.maximum-allocation-mb";

    /** An instance type that runs executors, with its JSON path. */
    record ExecutorHost(InstanceFleet fleet, InstanceTypeConfig instance, String path) {
        String describe() {
            return instance.type() + " in the " + fleet.role().label() + " fleet";
        }
    }

    List<ExecutorHost> executorHosts() {
        List<ExecutorHost> hosts = new ArrayList<>();
        for (int i = 0; i < cluster.fleets().size(); i++) {
            InstanceFleet fleet = cluster.fleets().get(i);
            for (int j = 0; fleet.role().runsExecutors() && j < fleet.types().size(); j++) {
                String path = "InstanceFleets[" + i + "].InstanceTypeConfigs[" + j + "]";
                hosts.add(new ExecutorHost(fleet, fleet.types().get(j), path));
            }
        }
        return hosts;
    }

    /** The largest container on an instance type; empty if unknown, as with HBase, which takes part of the memory. */
    Optional<Long> maxContainerMebibytes(InstanceTypeConfig type) {
        Optional<Long> maxContainer = setting(type, MAX_CONTAINER_MEMORY);
        Optional<Long> nodeMemory = setting(type, NODE_MEMORY).or(() -> emrDefault(type));
        return nodeMemory.map(memory -> Math.min(memory, maxContainer.orElse(memory)));
    }

    private Optional<Long> emrDefault(InstanceTypeConfig type) {
        return cluster.software().hasApplication("HBase")
                ? Optional.empty()
                : InstanceHardware.of(type.type()).map(InstanceHardware::yarnMebibytes);
    }

    private Optional<Long> setting(InstanceTypeConfig type, String key) {
        return Configuration.property(type.configurations(), YARN_SITE, key)
                .or(() -> Configuration.property(cluster.software().configurations(), YARN_SITE, key))
                .map(String::strip)
                .filter(value -> value.matches("[1-9][0-9]{0,8}"))
                .map(Long::valueOf);
    }

    /**
     * Reports settings that exceed the memory of an instance type.
     * YARN would overcommit such nodes, and their executors would be killed one by one.
     */
    void check(Problems problems) {
        for (ExecutorHost host : executorHosts()) {
            List<Configuration> configurations = host.instance().configurations();
            check(configurations, host.path() + ".Configurations", host, problems);
            if (!setsMemory(configurations)) {
                check(cluster.software().configurations(), "Configurations", host, problems);
            }
        }
    }

    /** Configurations of an instance type override those of the cluster. */
    private static boolean setsMemory(List<Configuration> configurations) {
        return Configuration.property(configurations, YARN_SITE, NODE_MEMORY).isPresent();
    }

    private static void check(List<Configuration> configurations, String path, ExecutorHost host, Problems problems) {
        for (int k = 0; k < configurations.size(); k++) {
            Configuration configuration = configurations.get(k);
            String value = configuration.properties().get(NODE_MEMORY);
            if (!configuration.classification().equals(YARN_SITE) || value == null) {
                continue;
            }
            String propertyPath = childPath(path + "[" + k + "].Properties", NODE_MEMORY);
            if (!value.strip().matches("[1-9][0-9]{0,8}")) {
                problems.error(propertyPath, quoted(value) + " is not a number of megabytes, such as 24576.");
                continue;
            }
            long configuredMemory = Long.parseLong(value.strip());
            InstanceHardware.of(host.instance().type())
                    .filter(hardware -> configuredMemory > hardware.mebibytes())
                    .ifPresent(hardware -> problems.error(
                            propertyPath,
                            configuredMemory + " MB exceeds the memory of " + host.describe() + ": "
                                    + hardware.mebibytes() + " MB.",
                            "EMR's default is " + hardware.yarnMebibytes() + "; remove the property to use it."));
        }
    }
}
