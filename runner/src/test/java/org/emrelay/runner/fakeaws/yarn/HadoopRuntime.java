package org.emrelay.runner.fakeaws.yarn;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of Hadoop and Spark, and the JVM they run on.
 *
 * @param spark the jars of local Spark
 * @param client what Spark needs for YARN and S3
 * @param server the ResourceManager and NodeManagers
 */
record HadoopRuntime(Path spark, Path client, Path server, Path javaHome) {
    /** It redirects the log messages of local steps, which EMR has in the step's log. */
    private static final String STEP_PROCESS = "step-process.jar";

    /** In the working directory of integration tests. */
    static HadoopRuntime ofBuild() {
        Path yarn = Path.of("../yarn-cluster/target/yarn").toAbsolutePath().normalize();
        return new HadoopRuntime(
                Path.of(System.getProperty("spark.runtime", "target/spark")).toAbsolutePath(),
                yarn.resolve("client"),
                yarn.resolve("server"),
                Path.of(System.getProperty("java.home")));
    }

    String java() {
        return javaHome.resolve("bin/java").toString();
    }

    /** Creates a directory with links to all jars that Spark uses on a cluster, as /usr/lib/spark/jars. */
    Path linkSparkJars(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Path jar : sparkJars()) {
            Files.createSymbolicLink(directory.resolve(jar.getFileName()), jar);
        }
        return directory;
    }

    /** The jars that Spark uses on a cluster, as a class path. */
    String sparkClassPath() throws IOException {
        return sparkJars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private List<Path> sparkJars() throws IOException {
        try (Stream<Path> ofSpark = Files.list(spark);
                Stream<Path> ofClient = Files.list(client)) {
            return Stream.concat(ofSpark.sorted(), ofClient.sorted())
                    .filter(HadoopRuntime::isClusterJar)
                    .toList();
        }
    }

    private static boolean isClusterJar(Path jar) {
        String name = jar.getFileName().toString();
        return name.endsWith(".jar") && !name.equals(STEP_PROCESS);
    }
}
