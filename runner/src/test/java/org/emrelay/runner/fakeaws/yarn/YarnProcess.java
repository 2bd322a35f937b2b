package org.emrelay.runner.fakeaws.yarn;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** A YARN cluster of two nodes in a process of its own. */
final class YarnProcess implements AutoCloseable {
    private static final String NODES = "2";
    private static final String MEGABYTES_PER_NODE = "6144";

    private final Process process;

    private YarnProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts the cluster and waits until it is ready.
     *
     * @param yarnSite the settings that the cluster file adds
     * @param sparkJars the jars that contain the Hadoop client
     */
    static YarnProcess start(
            Path directory,
            Map<String, String> yarnSite,
            HadoopRuntime runtime,
            Path sparkJars,
            Map<String, String> env)
            throws IOException {
        Properties settings = new Properties();
        settings.putAll(yarnSite);
        try (var writer = Files.newBufferedWriter(directory.resolve("yarn-site.properties"))) {
            settings.store(writer, null);
        }
        ProcessBuilder builder = new ProcessBuilder(
                        runtime.java(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        runtime.server() + "/*:" + sparkJars + "/*",
                        "org.emrelay.yarncluster.YarnClusterProcess",
                        directory.toString(),
                        NODES,
                        MEGABYTES_PER_NODE)
                .directory(directory.toFile())
                .redirectError(directory.resolve("yarn.err").toFile());
        builder.environment().putAll(env);
        YarnProcess yarn = new YarnProcess(builder.start());
        yarn.awaitReady(directory);
        return yarn;
    }

    private void awaitReady(Path directory) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("READY")) {
                return;
            }
        }
        throw new IOException("YARN did not start: " + Files.readString(directory.resolve("yarn.err")));
    }

    /** Ends the cluster with all its containers. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException alreadyEnded) {
            process.destroyForcibly();
        } catch (InterruptedException exception) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
