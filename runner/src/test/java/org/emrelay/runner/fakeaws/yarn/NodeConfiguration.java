package org.emrelay.runner.fakeaws.yarn;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The configuration files of a cluster's nodes: what EMR sets, then what the cluster file sets. */
final class NodeConfiguration {
    private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";
    private static final String KILL_WHEN_OUT_OF_MEMORY = "-XX:OnOutOfMemoryError='kill -9 %p'";

    private NodeConfiguration() {}

    /** Writes core-site.xml: {@code s3://} is S3A, as on EMR 7.10 and later. */
    static void writeCoreSite(
            Path file, URI s3Endpoint, String accessKey, Path temporary, Map<String, String> ofCluster)
            throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("fs.defaultFS", "file:///");
        properties.put("hadoop.tmp.dir", temporary.toString());
        properties.put("fs.s3.impl", S3A);
        properties.put("fs.s3n.impl", S3A);
        properties.put("fs.s3a.endpoint", s3Endpoint.toString());
        properties.put("fs.s3a.path.style.access", "true");
        properties.put("fs.s3a.connection.ssl.enabled", "false");
        properties.put("fs.s3a.access.key", accessKey);
        properties.put("fs.s3a.secret.key", "not-so-secret");
        properties.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        properties.put("fs.s3a.attempts.maximum", "3");
        properties.putAll(ofCluster);
        StringBuilder xml = new StringBuilder("<configuration>\n");
        properties.forEach((name, value) -> xml.append("<property><name>")
                .append(escape(name))
                .append("</name><value>")
                .append(escape(value))
                .append("</value></property>\n"));
        Files.writeString(file, xml.append("</configuration>\n"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Writes spark-defaults.conf. Where it differs from EMR's, steps start faster. */
    static void writeSparkDefaults(Path file, Path jars, String classPath, Path staging, Map<String, String> ofCluster)
            throws IOException {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "spark.master", "yarn",
                "spark.dynamicAllocation.enabled", "true",
                // EMR has an external shuffle service instead.
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                "spark.yarn.jars", "local:" + jars + "/*",
                "spark.yarn.stagingDir", staging.toUri().toString(),
                "spark.yarn.report.interval", "200ms",
                "spark.ui.enabled", "false"));
        for (String process : List.of("driver", "executor")) {
            properties.setProperty(
                    "spark." + process + ".defaultJavaOptions",
                    KILL_WHEN_OUT_OF_MEMORY + " " + String.join(" ", SparkArchive.jvmFlags()));
            // The first part of the class path.
            properties.setProperty("spark." + process + ".extraClassPath", classPath);
        }
        properties.putAll(ofCluster);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }
}
