package org.emrelay.runner.platform.emr.log;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.emrelay.runner.diagnosis.Cause;
import org.emrelay.runner.diagnosis.Finding;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.emr.log.StepLogScan.Told;

/**
 * All that could be read of a step at a moment.
 *
 * @param applications those that the step names, the last one first
 */
record StepLogSnapshot(List<Told> steps, List<String> applications, List<Told> drivers, List<Told> others) {
    static final StepLogSnapshot NOTHING = new StepLogSnapshot(List.of(), List.of(), List.of(), List.of());

    StepLogSnapshot {
        steps = List.copyOf(steps);
        applications = List.copyOf(applications);
        drivers = List.copyOf(drivers);
        others = List.copyOf(others);
    }

    /** Whether nothing more is to be expected of those logs that decide. */
    boolean isComplete() {
        boolean step = isEnded(steps, "controller", "");
        return step && (applications.isEmpty() || isEnded(drivers, "stderr", "/" + applications.get(0) + "/"));
    }

    private static boolean isEnded(List<Told> group, String kind, String folder) {
        return group.stream()
                .filter(told -> told.log().is(kind) && told.log().key().contains(folder))
                .anyMatch(told -> told.reading().ended());
    }

    boolean isConvincing() {
        return all().anyMatch(told -> told.reading().isConvincing());
    }

    private Stream<Told> all() {
        return Stream.of(steps, drivers, others).flatMap(List::stream);
    }

    /** What is not here yet, as it fits behind "waiting for". */
    String awaited(StepPlace place) {
        if (!isEnded(steps, "controller", "") || applications.isEmpty()) {
            return "the logs of step " + place.stepId();
        }
        return "the driver's log of " + applications.get(0);
    }

    /** The first cause that convinces; else the first that is one at all; else that something failed elsewhere. */
    Optional<Diagnosis> diagnosis(StepPlace place) {
        return first(Finding::convincing)
                .or(() -> first(finding -> !finding.cause().liesElsewhere()))
                .or(() -> first(finding -> true))
                .map(told -> diagnosis(told, place));
    }

    private Optional<Told> first(Predicate<Finding> which) {
        return all().filter(told -> told.reading().finding().filter(which).isPresent())
                .findFirst();
    }

    private Diagnosis diagnosis(Told told, StepPlace place) {
        Cause cause = told.reading().finding().orElseThrow().cause();
        String lines = cause.firstLine() == cause.lastLine()
                ? "line " + cause.firstLine()
                : "lines " + cause.firstLine() + "–" + cause.lastLine();
        return new Diagnosis(cause.message(), lines + " of " + told.log().uri(), hint(cause, place));
    }

    private String hint(Cause cause, StepPlace place) {
        boolean unseen = cause.liesElsewhere() && drivers.isEmpty() && !applications.isEmpty();
        return unseen
                ? "The driver tells why, but its log has not come yet: look again in some minutes with -a logs, or at s3://"
                        + place.bucket() + "/" + place.containers(applications.get(0)) + "."
                : cause.hint();
    }
}
