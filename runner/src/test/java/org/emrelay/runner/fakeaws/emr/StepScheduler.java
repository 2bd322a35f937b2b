package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** Runs a cluster's steps in order, up to its step concurrency level. */
final class StepScheduler {
    private static final Duration CANCEL_DELAY = Duration.ofSeconds(10);

    /** Ivy's connections time out one after another. */
    private static final StepScript UNRESOLVED_PACKAGES = StepScript.failsAfter(
            Duration.ofMinutes(10),
            "Exception in thread \"main\" java.lang.RuntimeException: [unresolved dependency: org.example#dates;1.0: not"
                    + " found]");

    private final EmrState emr;
    private final FakeCluster cluster;
    private final ClusterStateMachine stateMachine;

    StepScheduler(EmrState emr, FakeCluster cluster, ClusterStateMachine stateMachine) {
        this.emr = emr;
        this.cluster = cluster;
        this.stateMachine = stateMachine;
    }

    List<String> add(List<Tree> configs) {
        List<String> ids = configs.stream()
                .map(config -> {
                    String id = emr.ids.emrId("s");
                    String logUri = cluster.logUri();
                    cluster.steps.add(
                            new FakeStep(id, config, emr.now(), logUri == null ? null : logUri + cluster.id + "/"));
                    return id;
                })
                .toList();
        stateMachine.update();
        return ids;
    }

    void start() {
        long running = cluster.steps.stream().filter(StepScheduler::isRunning).count();
        for (FakeStep step : cluster.steps) {
            if (step.state.equals("PENDING") && running < cluster.stepConcurrency()) {
                running++;
                step.state = "RUNNING";
                step.startedAt = emr.now();
                emr.yarn.start(cluster, step);
                StepExecutor executor = emr.stepExecutor();
                if (executor == null) {
                    StepScript script = lacksPackages(step) ? UNRESOLVED_PACKAGES : emr.stepScript(step.name());
                    emr.events.schedule(script.duration(), () -> finish(step, script));
                } else {
                    execute(step, executor);
                }
            }
        }
    }

    /** Ivy downloads the packages of spark-submit from Maven Central. */
    private boolean lacksPackages(FakeStep step) {
        boolean hasPackages = step.arguments().stream()
                        .anyMatch(argument ->
                                argument.equals("--packages") || argument.startsWith("spark.jars.packages="))
                || cluster.configurations()
                        .getOrDefault("spark-defaults", Map.of())
                        .containsKey("spark.jars.packages");
        return hasPackages && !emr.ec2.reachesInternet(cluster.subnet);
    }

    private void execute(FakeStep step, StepExecutor executor) {
        StepExecutor.Command command = new StepExecutor.Command(
                cluster.id, cluster.instanceProfile(), step.id, step.arguments(), cluster.configurations());
        step.execution = executor.start(command, result -> emr.runBeforeNextCall(() -> finishExecution(step, result)));
    }

    private void finishExecution(FakeStep step, StepExecutor.Result result) {
        result.logs().forEach((path, text) -> emr.shipLog(cluster, path + ".gz", text));
        if (step.state.equals("RUNNING")) {
            end(step, result.exitCode() == 0 ? null : "exit code " + result.exitCode());
            emr.yarn.finish(step);
            applyActionOnFailure(step);
        }
    }

    private static boolean isRunning(FakeStep step) {
        return step.state.equals("RUNNING") || step.state.equals("CANCEL_PENDING");
    }

    private void finish(FakeStep step, StepScript script) {
        if (!step.state.equals("RUNNING")) {
            return;
        }
        StepProgram.Result result = script.program()
                .run(step.id, step.arguments(), new StepProgram.Result(script.failureMessage(), script.logs()));
        end(step, result.failureMessage());
        if (step.state.equals("COMPLETED") || !script.leavesApplication()) {
            emr.yarn.finish(step);
        }
        result.logs().forEach((file, text) -> emr.shipLog(cluster, "steps/" + step.id + "/" + file + ".gz", text));
        applyActionOnFailure(step);
    }

    private void end(FakeStep step, @Nullable String failureMessage) {
        step.failureMessage = failureMessage;
        step.end(failureMessage == null ? "COMPLETED" : "FAILED", emr.now());
    }

    private void applyActionOnFailure(FakeStep step) {
        if (step.state.equals("FAILED")) {
            if (step.actionOnFailure().equals("TERMINATE_CLUSTER")) {
                stateMachine.terminate("STEP_FAILURE", "Shut down as step failed");
                return;
            } else if (step.actionOnFailure().equals("CANCEL_AND_WAIT")) {
                cluster.steps.stream()
                        .filter(each -> each.state.equals("PENDING"))
                        .forEach(each -> each.end("CANCELLED", emr.now()));
            }
        }
        stateMachine.update();
    }

    /**
     * Cancels a step if it is pending or running. A running step is cancelled after a delay: its YARN application keeps
     * running and its ActionOnFailure does not apply.
     */
    boolean cancel(FakeStep step) {
        if (step.state.equals("PENDING")) {
            step.message = "Step was cancelled by user.";
            step.end("CANCELLED", emr.now());
            stateMachine.update();
            return true;
        }
        if (!step.state.equals("RUNNING")) {
            return false;
        }
        step.state = "CANCEL_PENDING";
        if (step.execution != null) {
            step.execution.cancel();
        }
        emr.events.schedule(CANCEL_DELAY, () -> {
            if (step.state.equals("CANCEL_PENDING")) {
                step.message = "Step was cancelled by user.";
                step.end("CANCELLED", emr.now());
                stateMachine.update();
            }
        });
        return true;
    }

    /** Ends all steps when the cluster terminates. */
    void terminateAll() {
        emr.yarn.killAll(cluster);
        StepExecutor executor = emr.stepExecutor();
        if (executor != null) {
            executor.terminateCluster(cluster.id);
        }
        cluster.steps.stream().filter(FakeStep::isActive).forEach(step -> {
            step.message = "Job terminated";
            step.end(step.state.equals("PENDING") ? "CANCELLED" : "INTERRUPTED", emr.now());
        });
    }
}
