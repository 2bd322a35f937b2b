package org.emrelay.runner.export.stepfunctions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.ExportedStep;
import org.emrelay.runner.export.ReferenceText;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a pipeline, in the Amazon States Language: it creates the cluster, adds one step after another, and terminates the cluster
 * however the steps ended.
 */
final class StateMachine {
    private static final String INTEGRATION = "arn:${Partition}:states:::elasticmapreduce:";
    private static final String TEXTS = "Set the texts";
    private static final String CREATE = "Create the cluster";
    private static final String TERMINATE = "Terminate the cluster";
    private static final String TERMINATE_AFTER_FAILURE = "Terminate the cluster after a failure";
    private static final String CHECK = "Check whether a step failed";
    private static final String FAILED = "Failed";
    private static final String STEP_FAILED = "A step failed";
    private static final String SUCCEEDED = "Succeeded";

    /** Of the termination, whatever failed. A creation is not repeated: one whose answer was lost may have succeeded. */
    private static final int TERMINATION_ATTEMPTS = 5;

    /** A throttled request had no effect. AWS documents no names of errors; this one is composed as those of other services are. */
    private static final Map<String, Object> THROTTLED = new JsonMap()
            .with("ErrorEquals", List.of("ElasticMapReduce.ThrottlingException"))
            .with("IntervalSeconds", 5)
            .with("MaxAttempts", 6)
            .with("BackoffRate", 2.0);

    private static final int STATE_NAME_LENGTH = 80;

    /** Keys of RunJobFlow that the integration does not take. */
    private static final Set<String> MISSING =
            Set.of("EbsRootVolumeIops", "EbsRootVolumeThroughput", "LogEncryptionKmsKeyId", "RepoUpgradeOnBoot");

    private final ExportedPipeline pipeline;
    private final Map<StepName, String> ids = new LinkedHashMap<>();
    private final Map<String, Object> states = new LinkedHashMap<>();

    /** The texts of arguments that intrinsic functions refer to, by the ID of the step. */
    private final Map<String, List<String>> texts = new LinkedHashMap<>();

    private StateMachine(ExportedPipeline pipeline) {
        this.pipeline = pipeline;
        for (int i = 0; i < pipeline.steps().size(); i++) {
            ids.put(pipeline.steps().get(i).name(), "step" + (i + 1));
        }
    }

    static Map<String, Object> of(ExportedPipeline pipeline) {
        return new StateMachine(pipeline).definition();
    }

    private Map<String, Object> definition() {
        states.put(CREATE, creation(entry(0)));
        for (int i = 0; i < pipeline.steps().size(); i++) {
            addStep(pipeline.steps().get(i), entry(i + 1));
        }
        if (!texts.isEmpty()) {
            states.put(
                    TEXTS,
                    new JsonMap()
                            .with("Type", "Pass")
                            .with("Result", texts)
                            .with("ResultPath", "$.texts")
                            .with("Next", CREATE));
        }
        boolean mayContinue = pipeline.steps().stream().anyMatch(ExportedStep::mayFail);
        states.put(TERMINATE, termination(mayContinue ? CHECK : SUCCEEDED));
        if (mayContinue) {
            states.put(CHECK, choice(mayFail(), STEP_FAILED, SUCCEEDED));
            states.put(
                    STEP_FAILED,
                    new JsonMap()
                            .with("Type", "Fail")
                            .with("Error", "StepFailed")
                            .with("Cause", "A step failed, and the steps that need its output were skipped."));
        }
        states.put(TERMINATE_AFTER_FAILURE, termination(FAILED));
        states.put(
                FAILED,
                new JsonMap()
                        .with("Type", "Fail")
                        .with("Error", "PipelineFailed")
                        .with("CausePath", "$.error.Cause"));
        states.put(SUCCEEDED, new JsonMap().with("Type", "Succeed"));
        return new JsonMap()
                .with("Comment", "The pipeline " + pipeline.name() + ", exported by Emrelay")
                .with("StartAt", texts.isEmpty() ? CREATE : TEXTS)
                .with("States", states);
    }

    private List<String> mayFail() {
        return pipeline.steps().stream()
                .filter(ExportedStep::mayFail)
                .map(step -> failure(step.name()))
                .toList();
    }

    /** Where the state has the failure of a step after which the run continues. */
    private String failure(StepName step) {
        return "$.failures." + ids.get(step);
    }

    /** The state with which a step begins; after the last one, the termination. */
    private String entry(int index) {
        if (index == pipeline.steps().size()) {
            return TERMINATE;
        }
        ExportedStep step = pipeline.steps().get(index);
        return uncertainNeeds(step).isEmpty() ? attemptsName(step) : gateName(step);
    }

    private List<String> uncertainNeeds(ExportedStep step) {
        return pipeline.steps().stream()
                .filter(other -> other.mayFail() && step.needs().contains(other.name()))
                .map(other -> failure(other.name()))
                .toList();
    }

    private static String name(ExportedStep step) {
        return stateName("", step.name().value());
    }

    /** The state of all attempts of a step. */
    private static String attemptsName(ExportedStep step) {
        return step.failurePolicy().retries() == 0
                ? name(step)
                : stateName("Attempts of ", step.name().value());
    }

    private static String gateName(ExportedStep step) {
        return stateName("Check the inputs of ", step.name().value());
    }

    /** Loops may give steps longer names than a state may have. */
    private static String stateName(String prefix, String step) {
        String name = prefix + step;
        return name.length() <= STATE_NAME_LENGTH
                ? name
                : name.substring(0, STATE_NAME_LENGTH - 9) + "-" + Integer.toHexString(step.hashCode());
    }

    private Map<String, Object> creation(String next) {
        Map<String, Object> parameters = ReferenceText.replaceAll(pipeline.cluster(), new StateMachineText());
        Map<String, Object> instances = new LinkedHashMap<>();
        map(parameters.get("Instances"))
                .forEach((key, value) -> instances.put(
                        key.equals("Ec2SubnetIds") ? key + ".$" : key,
                        key.equals("Ec2SubnetIds") ? StateMachineText.subnets() : value));
        parameters.put("Instances", instances);
        parameters.put("StepConcurrencyLevel", 1);
        return task("createCluster.sync")
                .with("Parameters", parameters)
                .with("ResultSelector", Map.of("ClusterId.$", "$.ClusterId"))
                .with("ResultPath", "$.cluster")
                .with("Retry", List.of(THROTTLED))
                .with("Catch", List.of(catching("$.error", FAILED)))
                .with("Next", next);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static JsonMap task(String integration) {
        return new JsonMap().with("Type", "Task").with("Resource", INTEGRATION + integration);
    }

    private static Map<String, Object> catching(String resultPath, String next) {
        return new JsonMap()
                .with("ErrorEquals", List.of("States.ALL"))
                .with("ResultPath", resultPath)
                .with("Next", next);
    }

    private void addStep(ExportedStep step, String next) {
        List<String> uncertain = uncertainNeeds(step);
        if (!uncertain.isEmpty()) {
            states.put(gateName(step), choice(uncertain, next, attemptsName(step)));
        }
        Map<String, Object> failing =
                step.mayFail() ? catching(failure(step.name()), next) : catching("$.error", TERMINATE_AFTER_FAILURE);
        JsonMap attempts = step.failurePolicy().retries() == 0 ? addition(step) : retried(step);
        states.put(attemptsName(step), attempts.with("Catch", List.of(failing)).with("Next", next));
    }

    private JsonMap addition(ExportedStep step) {
        Duration timeout = step.failurePolicy().timeout();
        return added(step, step.name().value(), step.arguments())
                .with("Comment", step.description().isEmpty() ? null : text(step.description()))
                .with("TimeoutSeconds", timeout == null ? null : timeout.toSeconds());
    }

    private static Object text(String text) {
        return new StateMachineText().text(ReferenceText.of(text));
    }

    private JsonMap added(ExportedStep step, String name, List<String> arguments) {
        JsonMap jar = new JsonMap().with("Jar", ExportedStep.COMMAND_RUNNER);
        String id = String.valueOf(ids.get(step.name()));
        List<String> stepTexts = texts.getOrDefault(id, new ArrayList<>());
        jar.putAll(StateMachineText.arguments(arguments, "$.texts." + id, stepTexts));
        if (!stepTexts.isEmpty()) {
            texts.put(id, stepTexts);
        }
        return task("addStep.sync")
                .with(
                        "Parameters",
                        new JsonMap()
                                .with("ClusterId.$", "$.cluster.ClusterId")
                                .with(
                                        "Step",
                                        new JsonMap()
                                                .with("Name", name)
                                                .with("ActionOnFailure", "CONTINUE")
                                                .with("HadoopJarStep", jar)))
                .with("ResultPath", "$.step")
                .with("Retry", List.of(THROTTLED));
    }

    /** An attempt begins by deleting what the one before has written. A step that took too long may still write, so it is not retried. */
    private JsonMap retried(ExportedStep step) {
        String clear = stateName("Clear the output of ", step.name().value());
        Map<String, Object> attempt = new LinkedHashMap<>();
        attempt.put(clear, added(step, "clear " + step.name(), step.clearing()).with("Next", name(step)));
        attempt.put(name(step), addition(step).with("End", true));
        return new JsonMap()
                .with("Type", "Parallel")
                .with("Branches", List.of(new JsonMap().with("StartAt", clear).with("States", attempt)))
                .with("ResultPath", "$.step")
                .with(
                        "Retry",
                        List.of(new JsonMap()
                                .with("ErrorEquals", List.of("States.TaskFailed"))
                                .with("IntervalSeconds", 1)
                                .with("MaxAttempts", step.failurePolicy().retries())
                                .with("BackoffRate", 1.0)));
    }

    private static Map<String, Object> choice(List<String> failures, String failed, String otherwise) {
        List<Map<String, Object>> present = new ArrayList<>();
        failures.forEach(
                path -> present.add(new JsonMap().with("Variable", path).with("IsPresent", true)));
        return new JsonMap()
                .with("Type", "Choice")
                .with("Choices", List.of(new JsonMap().with("Or", present).with("Next", failed)))
                .with("Default", otherwise);
    }

    private static Map<String, Object> termination(String next) {
        return task("terminateCluster.sync")
                .with("Parameters", Map.of("ClusterId.$", "$.cluster.ClusterId"))
                .with("ResultPath", "$.terminated")
                .with(
                        "Retry",
                        List.of(new JsonMap()
                                .with("ErrorEquals", List.of("States.ALL"))
                                .with("IntervalSeconds", 10)
                                .with("MaxAttempts", TERMINATION_ATTEMPTS)
                                .with("BackoffRate", 2.0)))
                .with("Next", next);
    }

    /** The keys of the cluster that Step Functions cannot express. */
    static List<String> missing(ExportedPipeline pipeline) {
        return pipeline.cluster().keySet().stream().filter(MISSING::contains).toList();
    }
}
