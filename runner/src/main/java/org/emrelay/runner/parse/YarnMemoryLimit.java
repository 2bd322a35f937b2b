package org.emrelay.runner.parse;

import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceTypeConfig;

/** The largest YARN container on an instance type: from the cluster file, otherwise EMR's default. */
final class YarnMemoryLimit {
    static final String YARN_SITE = "yarn-site";
    static final String NODE_MEMORY = "yarn.nodemanager.resource.memory-mb";
    private static final String MAX_CONTAINER_MEMORY = "yarn.scheduler.maximum-allocation-mb";

    private final Cluster cluster;

    YarnMemoryLimit(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Empty if unknown: the instance type is not in the bundled table, or HBase takes part of the memory. */
    Optional<Long> mebibytes(InstanceTypeConfig type) {
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
}
