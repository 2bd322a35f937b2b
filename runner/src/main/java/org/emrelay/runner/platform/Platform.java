package org.emrelay.runner.platform;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.model.RunId;

/**
 * What carries steps out. It is asynchronous: an attempt is handed over and then looked at, for a platform may start attempts by
 * itself and outlive the runner.
 */
public interface Platform extends LogLocator, AutoCloseable {

    Workspace workspace();

    /** How it takes attempts. */
    default SubmissionMode manner() {
        return SubmissionMode.AT_ONCE;
    }

    /**
     * Hands attempts over, in this order, and returns at once. What each depends on has ended well or, where the platform's manner is to run them in
     * order, was handed over before.
     */
    void submit(RunId run, List<AttemptRequest> launches);

    /** Says which attempt probably comes next, so that a platform may make ready for it. No promise: it may never come. */
    void expect(RunId run, AttemptRequest next);

    /** What is known now of every attempt of the run that was submitted or found by {@link #attach}. */
    List<AttemptStatus> poll(RunId run);

    /** Waits until something may have changed, or this time has passed. */
    void awaitChange(RunId run, Duration atMost) throws InterruptedException;

    /** Asks for these attempts to be stopped; {@link #poll} tells when they have ended. */
    void cancel(RunId run, Collection<AttemptId> attempts);

    /** Takes up a run that another runner, perhaps a dead one, submitted attempts of; what it did not find again is lost. */
    List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted);

    /** Reads a failed attempt's logs for the cause; empty when they do not tell. */
    Optional<Diagnosis> diagnose(RunId run, AttemptId attempt);

    /** Lets go of the platform; what still runs on this machine ends. */
    @Override
    void close();
}
