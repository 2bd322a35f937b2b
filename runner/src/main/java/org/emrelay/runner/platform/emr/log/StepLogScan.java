package org.emrelay.runner.platform.emr.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a step's logs, the most informative first. Unchanged logs are not read again. */
final class StepLogScan {
    /** Python tracebacks are on stdout, because Spark forwards the output of the script. */
    private static final List<String> STEP_LOG_ORDER = List.of("stderr", "stdout", "syslog", "controller");

    private static final List<String> CONTAINER_LOG_ORDER = List.of("stderr", "stdout", "syslog");
    private static final int MAX_CONTAINERS = 20;

    private final LogBucket logs;
    private final StepLogLocation location;
    private final Map<LogObject, AnalyzedLog> cache = new HashMap<>();

    StepLogScan(LogBucket logs, StepLogLocation location) {
        this.logs = logs;
        this.location = location;
    }

    StepLogSnapshot run() {
        List<AnalyzedLog> stepLogs =
                analyze(sorted(logs.list(location.bucket(), location.stepFolder()), STEP_LOG_ORDER));
        if (hasConvincingCause(stepLogs)) {
            return new StepLogSnapshot(stepLogs, List.of(), List.of(), List.of());
        }
        // The step ended with the last application.
        Set<String> applications = new LinkedHashSet<>();
        stepLogs.forEach(log -> applications.addAll(log.references().applications()));
        List<String> newestFirst = new ArrayList<>(applications);
        Collections.reverse(newestFirst);
        List<LogObject> containers = new ArrayList<>();
        newestFirst.forEach(
                application -> containers.addAll(logs.list(location.bucket(), location.containerFolder(application))));
        List<AnalyzedLog> drivers = analyze(
                sorted(containers.stream().filter(log -> log.isOfDriver()).toList(), CONTAINER_LOG_ORDER));
        StepLogSnapshot driven = new StepLogSnapshot(stepLogs, newestFirst, drivers, List.of());
        List<AnalyzedLog> executors = driven.isConvincing() ? List.of() : analyze(executorLogs(containers, driven));
        return new StepLogSnapshot(stepLogs, newestFirst, drivers, executors);
    }

    private static boolean hasConvincingCause(List<AnalyzedLog> group) {
        return group.stream().anyMatch(AnalyzedLog::isConvincing);
    }

    private List<AnalyzedLog> analyze(List<LogObject> objects) {
        List<AnalyzedLog> analyzed = new ArrayList<>();
        for (LogObject object : objects) {
            Optional.ofNullable(cache.get(object))
                    .or(() -> logs.read(object, text -> AnalyzedLog.of(object, text)))
                    .ifPresent(log -> {
                        cache.put(object, log);
                        analyzed.add(log);
                    });
        }
        return analyzed;
    }

    /** Sorts the newest part of each log first, and the later of two application attempts. */
    private static List<LogObject> sorted(List<LogObject> objects, List<String> kinds) {
        return objects.stream()
                .filter(object -> kinds.contains(object.kind().orElse("")))
                .sorted(Comparator.comparing((LogObject object) -> object.container(), Comparator.reverseOrder())
                        .thenComparing(object -> kinds.indexOf(object.kind().orElse("")))
                        .thenComparing(LogObject.OLDEST_FIRST.reversed()))
                .toList();
    }

    /** Sorts the containers first that the driver reports as lost. Only these explain why a process ended. */
    private static List<LogObject> executorLogs(List<LogObject> containers, StepLogSnapshot driven) {
        Set<String> lostContainers = driven.lostContainers();
        List<String> names = containers.stream()
                .filter(log -> log.isOfExecutor())
                .map(LogObject::container)
                .distinct()
                .filter(name -> !driven.reportsExit() || lostContainers.contains(name))
                .sorted(Comparator.comparing((String name) -> !lostContainers.contains(name))
                        .thenComparing(name -> name))
                .limit(MAX_CONTAINERS)
                .toList();
        List<LogObject> selected = new ArrayList<>();
        for (String name : names) {
            selected.addAll(sorted(
                    containers.stream()
                            .filter(log -> log.container().equals(name))
                            .toList(),
                    CONTAINER_LOG_ORDER));
        }
        return selected;
    }
}
