package org.emrelay.runner.platform.emr.steps;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;

/**
 * A submitted step that kills what an attempt left on YARN.
 *
 * <p>When EMR cancels a step, it kills only spark-submit. In cluster mode the driver keeps running and writing.
 */
final class YarnCleanupStep {
    /**
     * Kills applications until none is left, for about a minute. Finds an application by its YARN tag, or, for a step submitted without a tag, by the
     * application id that spark-submit wrote to the step's log on this node. Variable values are passed as arguments, which prevents shell injection.
     */
    static final String SCRIPT = """
        active=NEW,NEW_SAVING,SUBMITTED,ACCEPTED,RUNNING
        list() { yarn application -list -appStates "$active" "$@" | sed -nE 's/^[[:space:]]*(application_[0-9]+_[0-9]+).*/\\1/p' | sort -u; }
        submitted() { zcat -f "${STEP_LOGS:-/mnt/var/log/hadoop/steps}/$1/"stderr* | sed -nE 's/.*Submitted application (application_[0-9]+_[0-9]+).*/\\1/p' | sort -u; }
        running() {
          if [ "$1" = tag ]; then list -appTags "$2"; else all=$(list) && comm -12 <(echo "$all") <(submitted "$2"); fi
        }
        set -o pipefail
        for try in 1 2 3 4 5 6 7 8 9 10; do
          if found=$(running "$1" "$2"); then
            if [ -z "$found" ]; then echo "No application of $2 is running on YARN"; exit 0; fi
            for application in $found; do yarn application -kill "$application"; done
          fi
          sleep 5
        done
        echo "Still running on YARN for $2: $found" >&2
        exit 1
        """;

    private @Nullable String id;
    private @Nullable UnconfirmedSubmission unconfirmed;
    private @Nullable EmrStep step;

    private YarnCleanupStep(@Nullable String id, @Nullable UnconfirmedSubmission submission) {
        this.id = id;
        this.unconfirmed = submission;
    }

    /**
     * The step to submit.
     *
     * @param number the number of this cleanup step of the attempt, starting with 1
     */
    static StepConfig config(EmrStepName attempt, int number, EmrStep step) {
        String tag = attempt.yarnTag();
        boolean isTagged = step.arguments().stream().anyMatch(argument -> argument.contains(tag));
        List<String> arguments =
                List.of("bash", "-c", SCRIPT, "end-application", isTagged ? "tag" : "step", isTagged ? tag : step.id());
        return StepConfig.builder()
                .name(attempt.cleanupStep(number).text())
                .actionOnFailure(ActionOnFailure.CONTINUE)
                .hadoopJarStep(jar -> jar.jar(StepConfigs.COMMAND_RUNNER).args(arguments))
                .build();
    }

    static YarnCleanupStep ofAccepted(String id) {
        return new YarnCleanupStep(Objects.requireNonNull(id, "id"), null);
    }

    static YarnCleanupStep ofUnconfirmed(UnconfirmedSubmission submission) {
        return new YarnCleanupStep(null, Objects.requireNonNull(submission, "submission"));
    }

    /** A cleanup step that must exist, because one with a higher number does. */
    static YarnCleanupStep ofUnknown() {
        return new YarnCleanupStep(null, null);
    }

    @Nullable
    String id() {
        return id;
    }

    /** Null once it is known whether EMR has the step. */
    @Nullable
    UnconfirmedSubmission unconfirmed() {
        return id == null ? unconfirmed : null;
    }

    void giveUp() {
        unconfirmed = null;
    }

    /** Whether its end is still awaited. */
    boolean isActive() {
        return id == null ? unconfirmed != null : step == null || !step.hasEnded();
    }

    /** A step that was cancelled by the failure of another, or never submitted, does not count as failed. */
    boolean hasFailed() {
        return step != null && step.is(StepState.FAILED);
    }

    boolean hasSucceeded() {
        return step != null && step.is(StepState.COMPLETED);
    }

    /** Updates the step from EMR's state; returns whether it changed. */
    boolean update(EmrStep latest) {
        boolean changed = step == null || !step.id().equals(latest.id()) || step.state() != latest.state();
        id = latest.id();
        step = latest;
        return changed;
    }
}
