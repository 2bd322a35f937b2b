package org.emrelay.runner.fakeaws.yarn;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.emr.StepExecutor;

/** Executes steps on a real YARN cluster, one for each fake cluster, started with its first step. */
public final class YarnStepExecutor implements StepExecutor, AutoCloseable {
    private final HadoopRuntime runtime = HadoopRuntime.ofBuild();
    private final Path directory;
    private final URI s3Endpoint;
    private final Map<String, String> python;
    private final Map<String, ClusterNodes> nodes = new HashMap<>();

    /**
     * @param name the name of a directory below {@code target}, which keeps the logs until the next start
     * @param python environment variables for Python steps
     */
    public YarnStepExecutor(FakeAws aws, String name, Map<String, String> python) throws IOException {
        this.directory = emptied(Path.of("target/yarn-nodes", name).toAbsolutePath());
        this.s3Endpoint = aws.nodeS3Endpoint();
        this.python = Map.copyOf(python);
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return directory;
    }

    @Override
    public Execution start(Command command, Consumer<Result> whenEnded) {
        Thread thread = new Thread(() -> whenEnded.accept(execute(command)), "step " + command.step());
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private Result execute(Command command) {
        try {
            ClusterNodes cluster = nodesOf(command);
            int exitCode = exitCode(cluster.start(command.step(), command.arguments()));
            return new Result(exitCode, ShippedStepLogs.read(cluster, command.step(), exitCode));
        } catch (IOException | InterruptedException | RuntimeException exception) {
            StringWriter trace = new StringWriter();
            exception.printStackTrace(new PrintWriter(trace));
            return new Result(1, Map.of("steps/" + command.step() + "/stderr", trace.toString()));
        }
    }

    /** Kills the process if the step is cancelled. */
    private static int exitCode(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException cancelled) {
            return process.destroyForcibly().waitFor();
        }
    }

    /** Runs a command on the primary node of the only cluster and returns its output. */
    public String output(String... command) throws IOException, InterruptedException {
        ClusterNodes cluster = onlyCluster();
        int exitCode = cluster.start("command", List.of(command)).waitFor();
        String output = Files.readString(cluster.stepLogs("command").resolve("stdout"));
        if (exitCode != 0) {
            throw new IOException(Files.readString(cluster.stepLogs("command").resolve("stderr")));
        }
        return output;
    }

    private synchronized ClusterNodes onlyCluster() {
        return nodes.values().iterator().next();
    }

    private synchronized ClusterNodes nodesOf(Command command) throws IOException {
        ClusterNodes existing = nodes.get(command.cluster());
        if (existing != null) {
            return existing;
        }
        ClusterNodes started = ClusterNodes.start(
                Files.createDirectories(directory.resolve(command.cluster())), runtime, s3Endpoint, command, python);
        nodes.put(command.cluster(), started);
        return started;
    }

    @Override
    public synchronized void terminateCluster(String cluster) {
        ClusterNodes terminated = nodes.remove(cluster);
        if (terminated != null) {
            terminated.close();
        }
    }

    @Override
    public synchronized void close() {
        nodes.values().forEach(ClusterNodes::close);
        nodes.clear();
    }
}
