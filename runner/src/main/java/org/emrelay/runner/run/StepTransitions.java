package org.emrelay.runner.run;

import static org.emrelay.runner.run.StepPhase.CANCELLED;
import static org.emrelay.runner.run.StepPhase.DONE;
import static org.emrelay.runner.run.StepPhase.FAILED;
import static org.emrelay.runner.run.StepPhase.REUSED;
import static org.emrelay.runner.run.StepPhase.RUNNING;
import static org.emrelay.runner.run.StepPhase.SKIPPED;
import static org.emrelay.runner.run.StepPhase.SUBMITTED;
import static org.emrelay.runner.run.StepPhase.WAITING;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptDiagnosed;
import org.emrelay.runner.run.Event.AttemptEvent;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptProfiled;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.StepCancelled;
import org.emrelay.runner.run.Event.StepEvent;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Event.StepReset;
import org.emrelay.runner.run.Event.StepReused;
import org.emrelay.runner.run.Event.StepRunsAgain;
import org.emrelay.runner.run.Event.StepSkipped;

/** The state machine of a step: which event is allowed in which phase, and which phase follows. */
final class StepTransitions {
    private static final Set<StepPhase> FROM_WAITING = EnumSet.of(WAITING);
    private static final Set<StepPhase> FROM_SUBMITTED = EnumSet.of(SUBMITTED);
    private static final Set<StepPhase> FROM_ACTIVE = EnumSet.of(SUBMITTED, RUNNING);
    private static final Set<StepPhase> FROM_SETTLED = EnumSet.of(DONE, REUSED, FAILED, SKIPPED, CANCELLED);

    private static final Predicate<StepState> IS_LAST_ATTEMPT = StepState::isLastAttempt;
    private static final Predicate<StepState> IS_LAST_LOSS = StepState::isLastLoss;

    /** The first row that matches applies. Attempt events must also be about the current attempt. */
    private static final List<Transition<?>> TABLE = List.of(
            // from, event, guard if any, next phase, what else changes
            on(FROM_SETTLED, StepReset.class, WAITING, StepState::reset),
            on(FROM_WAITING, StepRunsAgain.class, WAITING, (step, event) -> step.runAgain(event.reason())),
            on(FROM_WAITING, StepReused.class, REUSED, StepState::reuse),
            on(FROM_WAITING, StepSkipped.class, SKIPPED, StepState::skip),
            on(FROM_WAITING, StepCancelled.class, CANCELLED, (step, event) -> step.cancel(event.reason())),
            on(FROM_WAITING, StepFailed.class, FAILED, StepState::fail),
            on(FROM_WAITING, AttemptSubmitted.class, SUBMITTED, StepState::submit),
            on(FROM_SUBMITTED, AttemptStarted.class, RUNNING, StepState::start),
            on(FROM_ACTIVE, AttemptSucceeded.class, DONE, StepState::succeed),
            on(FROM_ACTIVE, AttemptFailed.class, IS_LAST_ATTEMPT, FAILED, StepState::failFinally),
            on(FROM_ACTIVE, AttemptFailed.class, WAITING, StepState::failAttempt),
            on(FROM_ACTIVE, AttemptTimedOut.class, IS_LAST_ATTEMPT, FAILED, StepState::failFinally),
            on(FROM_ACTIVE, AttemptTimedOut.class, WAITING, StepState::failAttempt),
            on(FROM_ACTIVE, AttemptLost.class, IS_LAST_LOSS, FAILED, StepState::loseFinally),
            on(FROM_ACTIVE, AttemptLost.class, WAITING, StepState::loseAttempt),
            on(FROM_ACTIVE, AttemptCancelled.class, WAITING, StepState::cancelAttempt),
            on(FROM_SUBMITTED, AttemptWithdrawn.class, WAITING, StepState::withdrawAttempt));

    private record Transition<E extends StepEvent>(
            Set<StepPhase> from,
            Class<E> event,
            Predicate<StepState> guard,
            StepPhase next,
            BiFunction<StepState, E, StepState> change) {

        boolean matches(StepState step, StepEvent candidate) {
            return event.isInstance(candidate) && from.contains(step.phase()) && guard.test(step);
        }

        StepState apply(StepState step, StepEvent candidate) {
            return change.apply(step, event.cast(candidate)).in(next);
        }
    }

    private StepTransitions() {}

    private static <E extends StepEvent> Transition<E> on(
            Set<StepPhase> from, Class<E> event, StepPhase next, BiFunction<StepState, E, StepState> change) {
        return on(from, event, step -> true, next, change);
    }

    private static <E extends StepEvent> Transition<E> on(
            Set<StepPhase> from,
            Class<E> event,
            Predicate<StepState> guard,
            StepPhase next,
            BiFunction<StepState, E, StepState> change) {
        return new Transition<>(from, event, guard, next, change);
    }

    static StepState apply(StepState step, StepEvent event) {
        if (event instanceof AttemptDiagnosed diagnosed) {
            return step.diagnose(diagnosed);
        } else if (event instanceof AttemptProfiled profiled) {
            return step.profile(profiled);
        }
        return TABLE.stream()
                .filter(transition -> isAboutCurrentAttempt(step, event) && transition.matches(step, event))
                .findFirst()
                .orElseThrow(() -> illegal(step, event))
                .apply(step, event);
    }

    private static boolean isAboutCurrentAttempt(StepState step, StepEvent event) {
        int current = step.submittedAttempts() + (event instanceof AttemptSubmitted ? 1 : 0);
        return !(event instanceof AttemptEvent attempt) || attempt.attempt().number() == current;
    }

    private static IllegalTransitionException illegal(StepState step, StepEvent event) {
        String subject =
                event instanceof AttemptEvent attempt ? "attempt " + attempt.attempt() : "step " + event.step();
        return new IllegalTransitionException(event.getClass().getSimpleName() + " of " + subject
                + " is not allowed: the step is " + step.phase() + " after " + step.submittedAttempts() + " attempts");
    }
}
