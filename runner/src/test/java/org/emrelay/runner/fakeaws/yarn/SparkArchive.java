package org.emrelay.runner.fakeaws.yarn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.endtoend.BuildArtifacts;
import org.emrelay.runner.platform.local.FakeClusterSpark;

/**
 * The AppCDS archive of Spark's classes, which halves the start-up of each of a step's three JVMs. Those begin their class path with
 * {@link HadoopRuntime#sparkClassPath()}, as the JVM that created the archive.
 */
final class SparkArchive {
    private static final Path FILE = Path.of("target/yarn-nodes/spark.jsa").toAbsolutePath();

    private SparkArchive() {}

    /** The flags of a JVM with Spark. */
    static List<String> jvmFlags() {
        List<String> flags =
                new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        flags.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0"));
        flags.add("-XX:SharedArchiveFile=" + FILE);
        return flags;
    }

    /** Creates the archive with the first cluster of a build. */
    static synchronized void createIfMissing(HadoopRuntime runtime) throws IOException {
        if (isUpToDate(runtime)) {
            return;
        }
        Files.createDirectories(FILE.getParent());
        Path work = Files.createTempDirectory(FILE.getParent(), "archive");
        List<String> command = new ArrayList<>(List.of(runtime.java()));
        command.addAll(FakeClusterSpark.jvmFlags());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g", "-XX:ArchiveClassesAtExit=" + FILE));
        command.addAll(List.of("-cp", runtime.sparkClassPath(), "org.apache.spark.deploy.SparkSubmit"));
        command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
        command.addAll(List.of(
                "--class", "endtoend.RunQueries", BuildArtifacts.stepsJar().toString(), work.toString()));
        Path log = work.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(Files.readString(log));
            }
        } catch (InterruptedException exception) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(exception);
        }
    }

    private static boolean isUpToDate(HadoopRuntime runtime) throws IOException {
        return Files.exists(FILE)
                && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(runtime.spark())) > 0;
    }
}
