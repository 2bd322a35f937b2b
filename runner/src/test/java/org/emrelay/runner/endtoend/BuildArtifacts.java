package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The build's artifacts, and a jar of test steps compiled against the Spark of the build. */
public final class BuildArtifacts {
    private static final Path TARGET = codeLocation(BuildArtifacts.class).getParent();

    private BuildArtifacts() {}

    public static Path runnerJar() {
        return existing(TARGET.resolve("runner.jar"));
    }

    /** The root of the repository. */
    public static Path root() {
        return Objects.requireNonNull(Objects.requireNonNull(TARGET.getParent()).getParent());
    }

    /** The directory of Spark's jars. */
    public static Path sparkDirectory() {
        return existing(TARGET.resolve("spark"));
    }

    /** The jar of the test steps, compiled from the sources in this package's test resources. */
    public static Path stepsJar() {
        return Steps.JAR;
    }

    private static Path existing(Path path) {
        assertThat(path).as("artifact of mvn package").exists();
        return path;
    }

    private static Path codeLocation(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException exception) {
            throw new IllegalStateException("The code location is not a URI", exception);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Compiles the steps on first use, once per JVM. */
    private static final class Steps {
        private static final Path SOURCES =
                codeLocation(BuildArtifacts.class).resolve("org/emrelay/runner/endtoend/steps");
        private static final Path JAR = compile();

        private static Path compile() {
            try {
                Path classes = Files.createDirectories(TARGET.resolve("end-to-end-steps"));
                Files.deleteIfExists(classes.resolve("steps.jar"));
                List<String> arguments = new ArrayList<>(
                        List.of("-proc:none", "--release", "17", "-d", classes.toString(), "-cp", sparkClasspath()));
                files(SOURCES).forEach(source -> arguments.add(source.toString()));
                int exitCode =
                        ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
                assertThat(exitCode).as("exit code of javac").isZero();
                return jar(classes);
            } catch (IOException exception) {
                throw new IllegalStateException("Cannot compile the test steps", exception);
            }
        }

        private static String sparkClasspath() throws IOException {
            return files(sparkDirectory()).stream()
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .collect(Collectors.joining(File.pathSeparator));
        }

        private static Path jar(Path classes) throws IOException {
            Path jar = classes.resolve("steps.jar");
            List<Path> compiled = files(classes);
            try (FileSystem entries = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
                for (Path file : compiled) {
                    Path entry = entries.getPath("/" + classes.relativize(file));
                    Files.createDirectories(Objects.requireNonNull(entry.getParent()));
                    Files.copy(file, entry);
                }
            }
            return jar;
        }
    }
}
