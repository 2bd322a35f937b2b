package org.emrelay.runner.parse;

import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceTypeConfig;

/** What YARN may give to one container on a type of machine: what the cluster file says, else what EMR sets by default. */
final class YarnMemoryLimit {
    static final String YARN_SITE = "yarn-site";
    static final String MEMORY = "yarn.nodemanager.resource.memory-mb";
    private static final String LARGEST_CONTAINER = "yarn.scheduler.maximum-allocation-mb";

    private final Cluster cluster;

    YarnMemoryLimit(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Empty when it cannot be told: the type is not known here, or HBase takes a share of its own. */
    Optional<Long> mebibytes(InstanceTypeConfig type) {
        Optional<Long> largest = setting(type, LARGEST_CONTAINER);
        Optional<Long> node = setting(type, MEMORY).or(() -> byDefault(type));
        return node.map(memory -> Math.min(memory, largest.orElse(memory)));
    }

    private Optional<Long> byDefault(InstanceTypeConfig type) {
        return cluster.software().has("HBase")
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
