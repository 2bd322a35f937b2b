package org.emrelay.runner.platform.emr.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Where to look further at a cluster, in a browser that is signed in to the console: none needs a tunnel to a node. */
public record ConsoleLinks(String partition, String region, EmrCluster cluster) {
    private static final Map<String, String> CONSOLES =
            Map.of("aws-cn", "console.amazonaws.cn", "aws-us-gov", "console.amazonaws-us-gov.com");

    public ConsoleLinks {
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(cluster, "cluster");
    }

    /** The cluster's page. */
    public String console() {
        return "https://" + region + "." + CONSOLES.getOrDefault(partition, "console.aws.amazon.com")
                + "/emr/home?region=" + region + "#/clusterDetails/" + cluster.id();
    }

    /**
     * Where Spark's history server is opened, which EMR keeps outside of the cluster and for 30 days after its end: on the cluster's page. EMR would
     * also give a direct link (CreatePersistentAppUI, GetPersistentAppUIPresignedURL). But the first of these calls makes something, which a look must
     * not, and the second answers with a link that lets in whoever has it, which must not stand in a terminal's history or a job's log.
     */
    public String sparkHistory() {
        return console();
    }

    /** All that there are, by what they lead to. */
    public Map<String, String> all() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("console", console());
        links.put("spark_history", sparkHistory());
        if (!cluster.logUri().isEmpty()) {
            links.put("logs", cluster.logUri() + (cluster.logUri().endsWith("/") ? "" : "/") + cluster.id() + "/");
        }
        return links;
    }

    /** The same for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        all().forEach((kind, link) -> text.append(kind.replace('_', ' '))
                .append(": ")
                .append(link)
                .append(kind.equals("spark_history") ? " (under Applications: Spark History Server)" : "")
                .append('\n'));
        return text.toString();
    }
}
