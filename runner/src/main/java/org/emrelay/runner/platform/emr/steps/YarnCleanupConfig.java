package org.emrelay.runner.platform.emr.steps;

import java.util.List;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * The step that ends what an attempt left on YARN: when EMR cancels a step it kills spark-submit alone, and the driver in the cluster goes on writing.
 */
final class YarnCleanupConfig {
    /**
     * Kills until nothing is left, for a minute or so. An application is known by its tag; where a step had to be sent without one, by what
     * spark-submit wrote into the step's log on this node. What varies comes as arguments: no text of anybody's becomes a part of the script.
     */
    static final String SCRIPT = """
            active=NEW,NEW_SAVING,SUBMITTED,ACCEPTED,RUNNING
            list() { yarn application -list -appStates "$active" "$@" | sed -nE 's/^[[:space:]]*(application_[0-9]+_[0-9]+).*/\\1/p' | sort -u; }
            submitted() { zcat -f "${STEP_LOGS:-/mnt/var/log/hadoop/steps}/$1/"stderr* | sed -nE 's/.*Submitted application (application_[0-9]+_[0-9]+).*/\\1/p' | sort -u; }
            left() {
              if [ "$1" = tag ]; then list -appTags "$2"; else all=$(list) && comm -12 <(echo "$all") <(submitted "$2"); fi
            }
            set -o pipefail
            for try in 1 2 3 4 5 6 7 8 9 10; do
              if found=$(left "$1" "$2"); then
                if [ -z "$found" ]; then echo "Nothing of $2 is left on YARN"; exit 0; fi
                for application in $found; do yarn application -kill "$application"; done
              fi
              sleep 5
            done
            echo "Something of $2 is still on YARN: $found" >&2
            exit 1
            """;

    private YarnCleanupConfig() {}

    /**
     * The next step that ends this attempt's application.
     *
     * @param number how many were tried, and one more
     */
    static StepConfig of(EmrStepName attempt, int number, EmrStep seen) {
        String tag = YarnTag.of(attempt);
        boolean tagged = seen.arguments().stream().anyMatch(word -> word.contains(tag));
        List<String> words =
                List.of("bash", "-c", SCRIPT, "end-application", tagged ? "tag" : "step", tagged ? tag : seen.id());
        return StepConfig.builder()
                .name(attempt.ending(number).text())
                .actionOnFailure(ActionOnFailure.CONTINUE)
                .hadoopJarStep(jar -> jar.jar(StepConfigs.RUNS_COMMANDS).args(words))
                .build();
    }
}
