package org.emrelay.runner.parse;

import java.util.List;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceTypeConfig;

/**
 * Finds YARN memory settings that exceed the memory of an instance type.
 * YARN would overcommit such nodes, and their executors would be killed one by one.
 */
final class YarnMemoryCheck {
    private final Problems problems;

    YarnMemoryCheck(Problems problems) {
        this.problems = problems;
    }

    void check(Cluster cluster) {
        List<Configuration> clusterConfigurations = cluster.software().configurations();
        for (int i = 0; i < cluster.fleets().size(); i++) {
            InstanceFleet fleet = cluster.fleets().get(i);
            for (int j = 0; j < fleet.types().size(); j++) {
                InstanceTypeConfig type = fleet.types().get(j);
                String typePath = "InstanceFleets[" + i + "].InstanceTypeConfigs[" + j + "].Configurations";
                if (fleet.role().runsExecutors()) {
                    check(type.configurations(), typePath, fleet, type);
                    check(
                            setsMemory(type.configurations()) ? List.of() : clusterConfigurations,
                            "Configurations",
                            fleet,
                            type);
                }
            }
        }
    }

    /** Configurations of an instance type override those of the cluster. */
    private static boolean setsMemory(List<Configuration> configurations) {
        return Configuration.property(configurations, YarnMemoryLimit.YARN_SITE, YarnMemoryLimit.NODE_MEMORY)
                .isPresent();
    }

    private void check(List<Configuration> configurations, String path, InstanceFleet fleet, InstanceTypeConfig type) {
        for (int k = 0; k < configurations.size(); k++) {
            Configuration configuration = configurations.get(k);
            String value = configuration.properties().get(YarnMemoryLimit.NODE_MEMORY);
            if (!configuration.classification().equals(YarnMemoryLimit.YARN_SITE) || value == null) {
                continue;
            }
            String propertyPath = RecordBinder.childPath(path + "[" + k + "].Properties", YarnMemoryLimit.NODE_MEMORY);
            if (!value.strip().matches("[1-9][0-9]{0,8}")) {
                problems.error(
                        propertyPath,
                        "'" + RecordBinder.abbreviate(value) + "' is not a number of megabytes, such as 24576.");
                continue;
            }
            long configuredMemory = Long.parseLong(value.strip());
            InstanceHardware.of(type.type())
                    .filter(hardware -> configuredMemory > hardware.mebibytes())
                    .ifPresent(hardware -> problems.error(
                            propertyPath,
                            configuredMemory + " MB exceeds the memory of " + type.type() + " in the "
                                    + fleet.role().label() + " fleet: " + hardware.mebibytes() + " MB.",
                            "EMR's default is " + hardware.yarnMebibytes() + "; remove the property to use it."));
        }
    }
}
