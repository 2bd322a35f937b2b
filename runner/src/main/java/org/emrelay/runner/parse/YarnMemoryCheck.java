package org.emrelay.runner.parse;

import java.util.List;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceTypeConfig;

/** Finds memory that YARN is told to give away and that a machine does not have: executors on it would be killed one by one. */
final class YarnMemoryCheck {
    private final Problems problems;

    YarnMemoryCheck(Problems problems) {
        this.problems = problems;
    }

    void check(Cluster cluster) {
        List<Configuration> forAll = cluster.software().configurations();
        for (int i = 0; i < cluster.fleets().size(); i++) {
            InstanceFleet fleet = cluster.fleets().get(i);
            for (int j = 0; j < fleet.types().size(); j++) {
                InstanceTypeConfig type = fleet.types().get(j);
                String ownPath = "InstanceFleets[" + i + "].InstanceTypeConfigs[" + j + "].Configurations";
                if (fleet.role().runsExecutors()) {
                    check(type.configurations(), ownPath, fleet, type);
                    check(setsMemory(type.configurations()) ? List.of() : forAll, "Configurations", fleet, type);
                }
            }
        }
    }

    /** A type's own settings win over the cluster's. */
    private static boolean setsMemory(List<Configuration> configurations) {
        return Configuration.property(configurations, YarnMemoryLimit.YARN_SITE, YarnMemoryLimit.MEMORY)
                .isPresent();
    }

    private void check(List<Configuration> configurations, String path, InstanceFleet fleet, InstanceTypeConfig type) {
        for (int k = 0; k < configurations.size(); k++) {
            Configuration configuration = configurations.get(k);
            String written = configuration.properties().get(YarnMemoryLimit.MEMORY);
            if (!configuration.classification().equals(YarnMemoryLimit.YARN_SITE) || written == null) {
                continue;
            }
            String here = RecordBinder.child(path + "[" + k + "].Properties", YarnMemoryLimit.MEMORY);
            if (!written.strip().matches("[1-9][0-9]{0,8}")) {
                problems.error(
                        here, "'" + RecordBinder.shortened(written) + "' is not a number of megabytes, such as 24576.");
                continue;
            }
            long given = Long.parseLong(written.strip());
            InstanceHardware.of(type.type())
                    .filter(hardware -> given > hardware.mebibytes())
                    .ifPresent(hardware -> problems.error(
                            here,
                            given + " MB is more than a " + type.type() + " of the "
                                    + fleet.role().word() + " fleet has: " + hardware.mebibytes() + " MB.",
                            "EMR's own value for it is " + hardware.yarnMebibytes()
                                    + "; remove the property to use it."));
        }
    }
}
