package org.emrelay.runner.platform.emr.steps;

import java.util.List;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * Builds the step that kills what an attempt left on YARN.
 *
 * <p>When EMR cancels a step, it kills only spark-submit. In cluster mode the driver keeps running and writing.
 */
final class YarnCleanupConfig {
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

    private YarnCleanupConfig() {}

    /** @param number the number of this cleanup step of the attempt, starting with 1 */
    static StepConfig of(EmrStepName attempt, int number, EmrStep step) {
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
}
