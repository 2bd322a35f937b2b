package org.emrelay.yarncluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.NodeLabel;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.nodelabels.RMNodeLabelsManager;

/**
 * A YARN cluster in one JVM, on the loopback interface, until standard input ends.
 *
 * <p>Usage: {@code YarnClusterProcess DIRECTORY NODES MEGABYTES_PER_NODE}. DIRECTORY is the current directory, because
 * MiniYARNCluster writes below {@code target/} of it; it contains {@code yarn-site.properties}, the settings that a cluster file adds.
 * Writes {@code conf/yarn-site.xml} for clients, then prints {@code READY}.
 */
public final class YarnClusterProcess {
    private static final String CORE = "CORE";
    private static final int CONNECT_TIMEOUT_MILLIS = 60_000;

    private static final List<String> CLIENT_KEYS = List.of(
            "fs.defaultFS",
            "yarn.resourcemanager.address",
            "yarn.resourcemanager.scheduler.address",
            "yarn.resourcemanager.resource-tracker.address",
            "yarn.resourcemanager.admin.address",
            "yarn.resourcemanager.webapp.address",
            "yarn.resourcemanager.hostname");

    private YarnClusterProcess() {}

    public static void main(String[] arguments) {
        try {
            run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
        } catch (Exception | Error exception) {
            exception.printStackTrace();
            // Threads of a cluster that has started in part would keep the process alive.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path directory, int nodes, String megabytesPerNode) throws Exception {
        Configuration settings = settings(directory, megabytesPerNode);
        readUserSettings(directory).forEach(settings::set);
        MiniYARNCluster yarn = new MiniYARNCluster("yarn", 1, nodes, 1, 1);
        yarn.init(settings);
        yarn.start();
        if (!yarn.waitForNodeManagersToConnect(CONNECT_TIMEOUT_MILLIS)) {
            throw new IOException("The NodeManagers did not connect to the ResourceManager.");
        }
        if (YarnConfiguration.areNodeLabelsEnabled(settings)) {
            labelFirstNode(yarn);
        }
        writeClientSettings(yarn.getConfig(), directory.resolve("conf"));
        System.out.println("READY");
        while (System.in.read() >= 0) {
            // Nothing is read: the end of the stream ends the cluster.
        }
        yarn.stop();
        System.exit(0);
    }

    private static Configuration settings(Path directory, String megabytesPerNode) {
        Configuration conf = new YarnConfiguration();
        conf.set("hadoop.tmp.dir", directory.resolve("tmp").toString());
        conf.set("fs.defaultFS", "file:///");
        conf.set("yarn.minicluster.yarn.nodemanager.resource.memory-mb", megabytesPerNode);
        conf.set("yarn.nodemanager.resource.memory-mb", megabytesPerNode);
        conf.set("yarn.nodemanager.resource.cpu-vcores", "8");
        conf.set("yarn.scheduler.maximum-allocation-mb", megabytesPerNode);
        conf.set("yarn.scheduler.minimum-allocation-mb", "32");
        conf.set("yarn.scheduler.increment-allocation-mb", "32");
        limitMemoryAsOnEmr(conf);
        conf.set("yarn.resourcemanager.am.max-attempts", "2");
        conf.set("yarn.scheduler.capacity.root.queues", "default");
        conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
        conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        conf.set("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
        conf.set(
                "yarn.nodemanager.env-whitelist",
                "JAVA_HOME,HADOOP_CONF_DIR,PATH,LANG,LC_ALL,SPARK_LOCAL_IP,SPARK_LOCAL_HOSTNAME");
        conf.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
        conf.set("yarn.resourcemanager.hostname", "localhost");
        conf.set("yarn.resourcemanager.bind-host", "127.0.0.1");
        conf.set("yarn.nodemanager.bind-host", "127.0.0.1");
        // Node labels as EMR configures them: clusters with labels share the CORE partition with all applications.
        conf.set(
                "yarn.node-labels.fs-store.root-dir",
                directory.resolve("labels").toUri().toString());
        conf.set("yarn.scheduler.capacity.root.accessible-node-labels", "*");
        conf.set("yarn.scheduler.capacity.root.accessible-node-labels." + CORE + ".capacity", "100");
        conf.set("yarn.scheduler.capacity.root.default.accessible-node-labels", "*");
        conf.set("yarn.scheduler.capacity.root.default.accessible-node-labels." + CORE + ".capacity", "100");
        return conf;
    }

    /** YARN kills a container for its resident memory, not for its virtual memory. */
    private static void limitMemoryAsOnEmr(Configuration conf) {
        // Without it, MiniYARNCluster disables both checks.
        conf.setBoolean("yarn.minicluster.control-resource-monitoring", true);
        // "Enforced" is by cgroups, and would disable the check that reads /proc.
        conf.setBoolean("yarn.nodemanager.resource.memory.enforced", false);
        conf.setBoolean("yarn.nodemanager.pmem-check-enabled", true);
        conf.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
        conf.setInt("yarn.nodemanager.container-monitor.interval-ms", 500);
    }

    private static Map<String, String> readUserSettings(Path directory) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve("yarn-site.properties"))) {
            properties.load(reader);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** The first node is a core node, the others are task nodes. */
    private static void labelFirstNode(MiniYARNCluster yarn) throws IOException {
        RMNodeLabelsManager labels = yarn.getResourceManager().getRMContext().getNodeLabelManager();
        labels.addToCluserNodeLabels(Set.of(NodeLabel.newInstance(CORE, false)));
        NodeId first = yarn.getNodeManager(0).getNMContext().getNodeId();
        labels.replaceLabelsOnNode(Map.of(first, Set.of(CORE)));
    }

    private static void writeClientSettings(Configuration cluster, Path directory) throws IOException {
        Configuration client = new Configuration(false);
        CLIENT_KEYS.forEach(key -> client.set(key, cluster.get(key)));
        client.set("yarn.application.classpath", "");
        client.set("mapreduce.application.classpath", "");
        Files.createDirectories(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve("yarn-site.xml"))) {
            client.writeXml(out);
        }
    }
}
