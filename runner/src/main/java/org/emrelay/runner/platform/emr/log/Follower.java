package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.emr.log.LogWaitPolicy.Waiting;

/** Prints what a step and its driver write, as it is shipped. EMR's own controller log is read, but not printed. */
final class Follower {
    private static final Duration TICK_WHILE_RUNNING = Duration.ofSeconds(15);
    private static final Duration TICK_AT_END = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final List<String> PRINTED = List.of("stdout", "stderr", "syslog");

    private final AwsRetry patience;
    private final LogBucket logs;
    private final StepPlace place;
    private final LogWaitPolicy shipment;
    private final LogTail printed;
    private final LogTail silent;
    private final Set<String> drivers = new LinkedHashSet<>();
    private Instant changed;
    private String trouble = "";

    Follower(AwsRetry patience, LogBucket logs, StepPlace place, LogWaitPolicy shipment, LogListener listener) {
        this.patience = patience;
        this.logs = logs;
        this.place = place;
        this.shipment = shipment;
        this.printed = new LogTail(logs, listener);
        this.silent = new LogTail(logs, (uri, line) -> {});
        this.changed = patience.clock().instant();
    }

    /** Returns once the step has ended and its last logs have come, or have been waited for long enough. */
    void follow(BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            tryToLook(false);
            if (!patience.sleep(patience.around(TICK_WHILE_RUNNING))) {
                return;
            }
        }
        awaitTheLast();
        tryToLook(true);
    }

    private void awaitTheLast() {
        changed = patience.clock().instant();
        Instant deadline = changed.plus(shipment.atMost());
        while (true) {
            tryToLook(false);
            Duration left = Duration.between(patience.clock().instant(), deadline);
            if (left.isZero() || left.isNegative() || isOver()) {
                return;
            }
            shipment.waiting().accept(new Waiting("the last logs of step " + place.stepId(), left));
            if (!patience.sleep(left.compareTo(TICK_AT_END) < 0 ? left : TICK_AT_END)) {
                return;
            }
        }
    }

    /** Prints what is there, and says whether anything is. */
    boolean print() {
        look(true);
        return printed.hasFoundAny();
    }

    /** What passes by itself is told, once. */
    private void tryToLook(boolean last) {
        try {
            look(last);
            trouble = "";
        } catch (AwsException fault) {
            if (!fault.is(Kind.THROTTLED) && !fault.is(Kind.UNAVAILABLE) && !fault.is(Kind.UNREACHABLE)) {
                throw fault;
            }
            if (!fault.sentence().equals(trouble)) {
                shipment.trouble().accept(fault.sentence());
            }
            trouble = fault.sentence();
        }
    }

    private void look(boolean last) {
        List<LogObject> own = logs.list(place.bucket(), place.steps());
        boolean news = silent.print(chosen(own, List.of("controller")), last);
        news |= printed.print(chosen(own, PRINTED), last);
        for (String application : applications()) {
            List<LogObject> driver = logs.list(place.bucket(), place.containers(application)).stream()
                    .filter(log -> Container.of(log).isDriver())
                    .toList();
            driver.forEach(log -> drivers.add(log.log()));
            news |= printed.print(chosen(driver, PRINTED), last);
        }
        if (news) {
            changed = patience.clock().instant();
        }
    }

    private List<String> applications() {
        Set<String> applications = new LinkedHashSet<>(
                silent.mentionsOf(place.steps() + "controller").applications());
        PRINTED.forEach(kind ->
                applications.addAll(printed.mentionsOf(place.steps() + kind).applications()));
        return new ArrayList<>(applications);
    }

    private static List<LogObject> chosen(List<LogObject> objects, List<String> kinds) {
        List<LogObject> chosen = new ArrayList<>();
        for (String kind : kinds) {
            objects.stream()
                    .filter(log -> log.is(kind))
                    .sorted(LogObject.OLDEST_FIRST)
                    .forEach(chosen::add);
        }
        return chosen;
    }

    /** Whether the last words were said, and nothing has come after them for a while. */
    private boolean isOver() {
        boolean step = silent.mentionsOf(place.steps() + "controller").isEnded();
        boolean driver = applications().isEmpty()
                || drivers.stream().anyMatch(log -> printed.mentionsOf(log).isEnded());
        return step && driver && !patience.clock().instant().isBefore(changed.plus(SETTLED));
    }
}
