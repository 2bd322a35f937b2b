package org.emrelay.runner.fakeaws.yarn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The logs of a step and of its containers, below the paths to which EMR ships them. */
final class ShippedStepLogs {
    private static final Pattern SUBMITTED = Pattern.compile("Submitted application (application_\\d+_\\d+)");
    private static final Set<String> CONTAINER_FILES = Set.of("stdout", "stderr", "prelaunch.out", "prelaunch.err");

    /** MiniYARNCluster's test/data/yarn/CLUSTER/yarn-logDir-NODE. */
    private static final int NODE_LOGS_DEPTH = 5;

    private ShippedStepLogs() {}

    static Map<String, String> read(ClusterNodes nodes, String step, int exitCode) throws IOException {
        Map<String, String> logs = new TreeMap<>();
        String stderr = read(nodes.stepLogs(step).resolve("stderr"));
        logs.put("steps/" + step + "/stdout", read(nodes.stepLogs(step).resolve("stdout")));
        logs.put("steps/" + step + "/stderr", stderr);
        logs.put(
                "steps/" + step + "/controller",
                exitCode == 0
                        ? "INFO Step succeeded with exitCode 0\n"
                        : "WARN Step failed with exitCode " + exitCode + "\n");
        for (String application : applications(stderr)) {
            awaitEndOfContainers(application);
            addContainers(nodes.containerLogs(), application, logs);
        }
        return logs;
    }

    private static Set<String> applications(String stderr) {
        return SUBMITTED
                .matcher(stderr)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A driver tells YARN the result before it ends. */
    private static void awaitEndOfContainers(String application) {
        String id = application.replace("application_", "container_");
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(id))
                        .isPresent())
                .forEach(process -> process.onExit().join());
    }

    private static void addContainers(Path directory, String application, Map<String, String> logs) throws IOException {
        for (Path nodeLogs : nodeLogs(directory)) {
            Path ofApplication = nodeLogs.resolve(application);
            if (Files.isDirectory(ofApplication)) {
                try (Stream<Path> files = Files.walk(ofApplication)) {
                    for (Path file : files.filter(ShippedStepLogs::isShipped).toList()) {
                        String container = file.getParent().getFileName().toString();
                        logs.put("containers/" + application + "/" + container + "/" + file.getFileName(), read(file));
                    }
                }
            }
        }
    }

    /** The log directories of the NodeManagers. Beside them are working directories, which change all the time. */
    private static List<Path> nodeLogs(Path directory) throws IOException {
        try (Stream<Path> found = Files.find(
                directory,
                NODE_LOGS_DEPTH,
                (path, attributes) -> path.getFileName().toString().contains("logDir"))) {
            return found.toList();
        }
    }

    private static boolean isShipped(Path file) {
        return CONTAINER_FILES.contains(file.getFileName().toString());
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }
}
