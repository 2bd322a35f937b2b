package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.EmrStepLimits;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.SubmissionMode;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** Builds the StepConfig of an attempt: the planned arguments plus the settings to find and kill its application. */
public final class StepConfigs {
    /** How steps are submitted with RunJobFlow: EMR executes them in order and terminates the cluster after the last one. */
    public static final SubmissionMode RUN_JOB_FLOW =
            new SubmissionMode(true, EmrStepLimits.MAX_ACTIVE_STEPS, Duration.ZERO);

    static final String COMMAND_RUNNER = "command-runner.jar";
    private static final String YARN_TAGS = "spark.yarn.tags";

    private StepConfigs() {}

    static StepConfig of(EmrStepName name, AttemptRequest request, int concurrency) {
        return StepConfig.builder()
                .name(name.text())
                .actionOnFailure(actionOnFailure(request.onFailure(), concurrency))
                .hadoopJarStep(jar -> jar.jar(COMMAND_RUNNER).args(arguments(name, request)))
                .build();
    }

    /** The StepConfig JSON of the attempts to submit with RunJobFlow, in submission order. */
    public static List<Map<String, Object>> forRunJobFlow(RunId run, List<AttemptRequest> requests) {
        return requests.stream()
                .map(request -> jsonForTransientCluster(EmrStepName.of(run, request.attempt()), request))
                .toList();
    }

    /** For a cluster that terminates after its last step: after CANCEL_AND_WAIT, EMR does not guarantee the termination. */
    private static Map<String, Object> jsonForTransientCluster(EmrStepName name, AttemptRequest request) {
        boolean continues = request.onFailure() == OnAttemptFailure.CONTINUE;
        ActionOnFailure action = continues ? ActionOnFailure.CONTINUE : ActionOnFailure.TERMINATE_CLUSTER;
        return new JsonMap()
                .with("Name", name.text())
                .with("ActionOnFailure", action.toString())
                .with(
                        "HadoopJarStep",
                        new JsonMap().with("Jar", COMMAND_RUNNER).with("Args", arguments(name, request)));
    }

    private static List<String> arguments(EmrStepName name, AttemptRequest request) {
        return withYarnTag(name, request.sparkSubmit().onYarn()).command().stream()
                .map(argument -> argument.resolve(request.uris()))
                .toList();
    }

    /** EMR rejects any action but CONTINUE if steps run in parallel. */
    private static ActionOnFailure actionOnFailure(OnAttemptFailure onFailure, int concurrency) {
        if (concurrency > 1) {
            return ActionOnFailure.CONTINUE;
        }
        return switch (onFailure) {
            case CONTINUE -> ActionOnFailure.CONTINUE;
            case CANCEL_AND_WAIT -> ActionOnFailure.CANCEL_AND_WAIT;
            case TERMINATE_CLUSTER -> ActionOnFailure.TERMINATE_CLUSTER;
        };
    }

    private static SparkSubmit withYarnTag(EmrStepName name, SparkSubmit sparkSubmit) {
        return sparkSubmit.legacy() ? sparkSubmit : sparkSubmit.withConf(conf(name, sparkSubmit));
    }

    private static Map<String, Argument> conf(EmrStepName name, SparkSubmit sparkSubmit) {
        Map<String, Argument> conf = new LinkedHashMap<>(sparkSubmit.settings().conf());
        Argument tag = Argument.literal(name.yarnTag());
        conf.merge(YARN_TAGS, tag, (userTags, ownTag) -> Argument.joined(",", List.of(userTags, ownTag)));
        return conf;
    }
}
