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

/** Goes through a step's logs in the order of what they are likely to tell; what was read before and has not changed is not read again. */
final class StepLogScan {
    /** Python's tracebacks stand on stdout, for Spark passes on what a script prints. */
    private static final List<String> STEPS_ORDER = List.of("stderr", "stdout", "syslog", "controller");

    private static final List<String> CONTAINERS_ORDER = List.of("stderr", "stdout", "syslog");
    private static final int MOST_CONTAINERS = 20;

    private final LogBucket logs;
    private final StepPlace place;
    private final Map<LogObject, LogAnalysis> known = new HashMap<>();

    /** A log with what it tells. */
    record Told(LogObject log, LogAnalysis reading) {}

    StepLogScan(LogBucket logs, StepPlace place) {
        this.logs = logs;
        this.place = place;
    }

    StepLogSnapshot see() {
        List<Told> steps = read(sorted(logs.list(place.bucket(), place.steps()), STEPS_ORDER));
        if (isTold(steps)) {
            return new StepLogSnapshot(steps, List.of(), List.of(), List.of());
        }
        // The last application is the one that the step ended with.
        Set<String> applications = new LinkedHashSet<>();
        steps.forEach(told -> applications.addAll(told.reading().applications()));
        List<String> lastFirst = new ArrayList<>(applications);
        Collections.reverse(lastFirst);
        List<LogObject> containers = new ArrayList<>();
        lastFirst.forEach(application -> containers.addAll(logs.list(place.bucket(), place.containers(application))));
        List<Told> drivers = read(sorted(
                containers.stream().filter(log -> Container.of(log).isDriver()).toList(), CONTAINERS_ORDER));
        List<Told> others = isTold(drivers) ? List.of() : read(others(containers, drivers));
        return new StepLogSnapshot(steps, lastFirst, drivers, others);
    }

    private static boolean isTold(List<Told> group) {
        return group.stream().anyMatch(told -> told.reading().isConvincing());
    }

    private List<Told> read(List<LogObject> objects) {
        List<Told> told = new ArrayList<>();
        for (LogObject object : objects) {
            LogAnalysis before = known.get(object);
            Optional<LogAnalysis> reading = before == null ? logs.read(object, LogAnalysis::of) : Optional.of(before);
            reading.ifPresent(found -> {
                known.put(object, found);
                told.add(new Told(object, found));
            });
        }
        return told;
    }

    /** The newest piece of each log first, and the later of two attempts at an application. */
    private static List<LogObject> sorted(List<LogObject> objects, List<String> kinds) {
        return objects.stream()
                .filter(object -> kinds.contains(object.kind().orElse("")))
                .sorted(Comparator.comparing(
                                (LogObject object) -> Container.of(object).name(), Comparator.reverseOrder())
                        .thenComparing(object -> kinds.indexOf(object.kind().orElse("")))
                        .thenComparing(LogObject.OLDEST_FIRST.reversed()))
                .toList();
    }

    /** Those first that the driver says it lost. */
    private static List<LogObject> others(List<LogObject> containers, List<Told> drivers) {
        Set<String> lost = new LinkedHashSet<>();
        drivers.forEach(told -> lost.addAll(told.reading().lostContainers()));
        List<String> names = containers.stream()
                .map(Container::of)
                .filter(container -> !container.isDriver())
                .map(Container::name)
                .distinct()
                .sorted(Comparator.comparing((String name) -> !lost.contains(name))
                        .thenComparing(name -> name))
                .limit(MOST_CONTAINERS)
                .toList();
        List<LogObject> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.addAll(sorted(
                    containers.stream()
                            .filter(log -> Container.of(log).name().equals(name))
                            .toList(),
                    CONTAINERS_ORDER));
        }
        return chosen;
    }
}
