package org.emrelay.runner.platform.emr.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** What EMR is told of one attempt: the words that the plan shows, and what lets its application be found and ended again. */
final class StepConfigs {
    static final String RUNS_COMMANDS = "command-runner.jar";
    private static final String ATTEMPTS = "spark.yarn.maxAppAttempts";
    private static final String TAGS = "spark.yarn.tags";

    private StepConfigs() {}

    static StepConfig of(EmrStepName name, AttemptRequest launch, int concurrency) {
        return StepConfig.builder()
                .name(name.text())
                .actionOnFailure(action(launch.afterFailure(), concurrency))
                .hadoopJarStep(jar -> jar.jar(RUNS_COMMANDS).args(words(name, launch)))
                .build();
    }

    /**
     * For a cluster that is to end with its steps: EMR promises no end of one that CANCEL_AND_WAIT has sent to wait.
     */
    static Map<String, Object> jsonForEndingCluster(EmrStepName name, AttemptRequest launch) {
        boolean goesOn = launch.afterFailure() == OnAttemptFailure.NEXT_STARTS;
        Map<String, Object> jar = new LinkedHashMap<>();
        jar.put("Jar", RUNS_COMMANDS);
        jar.put("Args", words(name, launch));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Name", name.text());
        json.put("ActionOnFailure", (goesOn ? ActionOnFailure.CONTINUE : ActionOnFailure.TERMINATE_CLUSTER).toString());
        json.put("HadoopJarStep", jar);
        return json;
    }

    private static List<String> words(EmrStepName name, AttemptRequest launch) {
        return submission(name, launch.submission()).command().stream()
                .map(word -> word.text(launch.places()))
                .toList();
    }

    /** Where steps run side by side, EMR refuses every other action. */
    private static ActionOnFailure action(OnAttemptFailure afterFailure, int concurrency) {
        if (concurrency > 1) {
            return ActionOnFailure.CONTINUE;
        }
        return switch (afterFailure) {
            case NEXT_STARTS -> ActionOnFailure.CONTINUE;
            case REST_IS_WITHDRAWN -> ActionOnFailure.CANCEL_AND_WAIT;
            case CLUSTER_ENDS -> ActionOnFailure.TERMINATE_CLUSTER;
        };
    }

    private static SparkSubmit submission(EmrStepName name, SparkSubmit submission) {
        return isOriginal(submission) ? submission : withConf(submission, conf(name, submission));
    }

    /** Nobody else has the bucket's bare name among the arguments. The original's steps are sent as it sent them, to the word. */
    private static boolean isOriginal(SparkSubmit submission) {
        return submission.arguments().stream()
                .flatMap(word -> word.pieces().stream())
                .anyMatch(Argument.WorkspaceName.class::isInstance);
    }

    private static Map<String, Argument> conf(EmrStepName name, SparkSubmit submission) {
        Map<String, Argument> conf = new LinkedHashMap<>(submission.conf());
        if (submission.deployMode() == DeployMode.CLUSTER) {
            // YARN runs a driver that failed once more, beside whatever comes next.
            conf.putIfAbsent(ATTEMPTS, Argument.literal("1"));
        }
        Argument tag = Argument.literal(YarnTag.of(name));
        conf.merge(TAGS, tag, (theirs, ours) -> Argument.joined(",", List.of(theirs, ours)));
        return conf;
    }

    private static SparkSubmit withConf(SparkSubmit submission, Map<String, Argument> conf) {
        return new SparkSubmit(
                submission.program(),
                submission.mainClass(),
                submission.sizes(),
                submission.deployMode(),
                conf,
                submission.packages(),
                submission.jars(),
                submission.pyFiles(),
                submission.files(),
                submission.archives(),
                submission.env(),
                submission.arguments());
    }
}
