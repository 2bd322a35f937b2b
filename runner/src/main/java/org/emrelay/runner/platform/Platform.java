package org.emrelay.runner.platform;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.model.RunId;

/**
 * Runs attempts of steps, locally or on a cluster.
 *
 * <p>The port is asynchronous: attempts are submitted, then polled. A platform may start attempts by itself and outlive the
 * runner.
 */
public interface Platform extends AutoCloseable {

    Workspace workspace();

    default SubmissionMode submissionMode() {
        return SubmissionMode.CONCURRENT;
    }

    /**
     * Submits attempts in this order and returns at once. The dependencies of each attempt have succeeded or, on a platform that runs
     * attempts sequentially, have been submitted before it.
     */
    void submit(RunId run, List<AttemptRequest> requests);

    /**
     * Prepares what attempts need, before the first one is submitted. May take minutes. Reports what would otherwise fail later.
     *
     * @param next the first attempts of all steps that are to run
     * @param interrupted whether the user has interrupted the command
     */
    default void prepare(RunId run, List<AttemptRequest> next, BooleanSupplier interrupted) throws IOException {}

    /** Announces the attempt that will probably be submitted next, so that the platform can prepare for it. It may never come. */
    void prewarm(RunId run, AttemptRequest next);

    /** Updates the statuses of the run's attempts, and does what is due on the platform. */
    void refresh(RunId run);

    /** The status of every attempt that was submitted or found by {@link #attach}, as of the last refresh. */
    List<AttemptStatus> statuses(RunId run);

    /**
     * How long a started attempt has been running, which its timeout limits.
     *
     * @param started when it started, as its status reports
     */
    Duration runningTime(RunId run, AttemptId attempt, Instant started);

    /** Waits until a refresh may change a status or the timeout elapses. */
    void awaitChange(RunId run, Duration timeout) throws InterruptedException;

    /** Requests cancellation; {@link #statuses} reports when the attempts have ended. */
    void cancel(RunId run, Collection<AttemptId> attempts);

    /** Reattaches to attempts submitted by another runner process, which may be dead. Attempts that cannot be found are lost. */
    List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted);

    /** What the cluster has cost so far; empty if it costs nothing or that is not known. May call the platform's service, rarely. */
    default Optional<Cost> cost() {
        return Optional.empty();
    }

    /** The changes of the cluster's instances since the last call, as far as the platform knows. */
    default List<InstanceChange> takeInstanceChanges() {
        return List.of();
    }

    /** Finds the root cause of a failed attempt in its logs; empty if they do not contain it. */
    Optional<Diagnosis> diagnose(RunId run, AttemptId attempt);

    /** Releases the platform. Attempts that run as processes of this machine end; a cluster keeps running. */
    @Override
    void close();
}
