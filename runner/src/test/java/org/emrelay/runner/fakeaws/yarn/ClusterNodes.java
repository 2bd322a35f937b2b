package org.emrelay.runner.fakeaws.yarn;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.emr.StepExecutor.Command;

/** The nodes of a fake cluster: a YARN cluster, and a primary node with the commands spark-submit and yarn. */
final class ClusterNodes implements AutoCloseable {
    private static final String CLIENT_JVM = String.join(" ", SparkArchive.jvmFlags()) + " -Xmx512m"
            + " --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED"
            + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    private final Path directory;
    private final Map<String, String> environment;
    private final YarnProcess yarn;

    private ClusterNodes(Path directory, Map<String, String> environment, YarnProcess yarn) {
        this.directory = directory;
        this.environment = environment;
        this.yarn = yarn;
    }

    /**
     * Starts the nodes.
     *
     * @param command a step of the cluster
     * @param python environment variables for Python steps
     */
    static ClusterNodes start(
            Path directory, HadoopRuntime runtime, URI s3Endpoint, Command command, Map<String, String> python)
            throws IOException {
        Map<String, Map<String, String>> configurations = command.configurations();
        Path conf = Files.createDirectories(directory.resolve("conf"));
        SparkArchive.createIfMissing(runtime);
        Path jars = runtime.linkSparkJars(directory.resolve("jars"));
        Map<String, String> environment = environment(directory, runtime, python);
        YarnProcess yarn = YarnProcess.start(directory, of(configurations, "yarn-site"), runtime, jars, environment);
        NodeConfiguration.writeCoreSite(
                conf.resolve("core-site.xml"),
                s3Endpoint,
                command.instanceProfile(),
                directory.resolve("tmp"),
                of(configurations, "core-site"));
        NodeConfiguration.writeSparkDefaults(
                conf.resolve("spark-defaults.conf"),
                jars,
                runtime.sparkClassPath(),
                Files.createDirectories(directory.resolve("staging")),
                of(configurations, "spark-defaults"));
        String minicluster = runtime.server() + "/*";
        writeCommand(directory, "spark-submit", runtime.sparkClassPath(), "org.apache.spark.deploy.SparkSubmit");
        writeCommand(
                directory,
                "yarn",
                runtime.sparkClassPath() + ":" + minicluster,
                "org.apache.hadoop.yarn.client.cli.ApplicationCLI");
        return new ClusterNodes(directory, environment, yarn);
    }

    private static Map<String, String> of(Map<String, Map<String, String>> configurations, String classification) {
        return configurations.getOrDefault(classification, Map.of());
    }

    private static Map<String, String> environment(Path directory, HadoopRuntime runtime, Map<String, String> python) {
        Map<String, String> environment = new HashMap<>(python);
        environment.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", runtime.javaHome().toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("SPARK_LOCAL_HOSTNAME", "localhost");
        environment.put("HADOOP_CONF_DIR", directory.resolve("conf").toString());
        environment.put("SPARK_CONF_DIR", directory.resolve("conf").toString());
        environment.put("STEP_LOGS", directory.resolve("steps").toString());
        return environment;
    }

    private static void writeCommand(Path directory, String name, String classPath, String mainClass)
            throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path script = Files.writeString(
                bin.resolve(name),
                "#!/bin/sh\nexec \"$JAVA_HOME/bin/java\" " + CLIENT_JVM + " -cp '" + classPath + ":"
                        + directory.resolve("conf") + "' " + mainClass + " \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    /** Starts a command as EMR's agent does: without a shell, with its output in the step's log directory. */
    Process start(String step, List<String> command) throws IOException {
        Path logs = Files.createDirectories(stepLogs(step));
        // "env" finds the command on the nodes' PATH; ProcessBuilder would search this process's.
        List<String> withEnv = new ArrayList<>(List.of("/usr/bin/env"));
        withEnv.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(withEnv)
                .directory(logs.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(logs.resolve("stdout").toFile())
                .redirectError(logs.resolve("stderr").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    Path stepLogs(String step) {
        return directory.resolve("steps").resolve(step);
    }

    /** Where the NodeManagers write the logs of containers. */
    Path containerLogs() {
        return directory.resolve("target");
    }

    @Override
    public void close() {
        yarn.close();
    }
}
