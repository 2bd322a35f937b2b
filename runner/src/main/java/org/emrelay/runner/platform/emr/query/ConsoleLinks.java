package org.emrelay.runner.platform.emr.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Links to a cluster in the AWS console and to its logs. None needs a tunnel to a node. */
public record ConsoleLinks(String partition, String region, EmrCluster cluster) {
    private static final Map<String, String> CONSOLES =
            Map.of("aws-cn", "console.amazonaws.cn", "aws-us-gov", "console.amazonaws-us-gov.com");

    public ConsoleLinks {
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(cluster, "cluster");
    }

    /** The cluster's page in the console. */
    public String console() {
        return "https://" + region + "." + CONSOLES.getOrDefault(partition, "console.aws.amazon.com")
                + "/emr/home?region=" + region + "#/clusterDetails/" + cluster.id();
    }

    /**
     * The page that opens the Spark History Server, which EMR hosts outside the cluster and keeps for 30 days after its end. EMR also offers a
     * direct link (CreatePersistentAppUI, GetPersistentAppUIPresignedURL). But the first call creates a resource, which a read-only query
     * must not, and the second returns a presigned URL, which must not end up in a terminal's history or a job's log.
     */
    public String sparkHistory() {
        return console();
    }

    /** All links by target. */
    public Map<String, String> all() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("console", console());
        links.put("spark_history", sparkHistory());
        if (!cluster.logUri().isEmpty()) {
            links.put("logs", cluster.logUri() + (cluster.logUri().endsWith("/") ? "" : "/") + cluster.id() + "/");
        }
        return links;
    }

    /** All links as text, one per line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        all().forEach((target, link) -> text.append(target.replace('_', ' '))
                .append(": ")
                .append(link)
                .append(target.equals("spark_history") ? " (under Applications: Spark History Server)" : "")
                .append('\n'));
        return text.toString();
    }
}
