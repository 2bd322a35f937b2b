package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Runs a cluster's steps in their order, as many at once as it may. */
final class StepLife {
    private static final Duration CANCELLING = Duration.ofSeconds(10);

    private final EmrState emr;
    private final EmrCluster cluster;
    private final ClusterLife life;

    StepLife(EmrState emr, EmrCluster cluster, ClusterLife life) {
        this.emr = emr;
        this.cluster = cluster;
        this.life = life;
    }

    List<String> add(List<Tree> configs) {
        List<String> ids = configs.stream()
                .map(config -> {
                    String id = emr.identifiers.emr("s");
                    String log = cluster.logUri();
                    cluster.steps.add(new Step(id, config, emr.now(), log == null ? null : log + cluster.id + "/"));
                    return id;
                })
                .toList();
        life.goOn();
        return ids;
    }

    void start() {
        for (Step step : cluster.steps) {
            long running = cluster.steps.stream()
                    .filter(each -> each.state.matches("RUNNING|CANCEL_PENDING"))
                    .count();
            if (step.state.equals("PENDING") && running < cluster.stepConcurrency()) {
                step.state = "RUNNING";
                step.started = emr.now();
                emr.yarn.start(cluster, step);
                StepScript script = emr.stepScript(step.name());
                emr.timetable.after(script.takes(), () -> finish(step, script));
            }
        }
    }

    private void finish(Step step, StepScript script) {
        if (!step.state.equals("RUNNING")) {
            return;
        }
        StepWork.Done done =
                script.work().run(step.id, step.words(), new StepWork.Done(script.failure(), script.logs()));
        step.failure = done.failure();
        step.end(done.failure() == null ? "COMPLETED" : "FAILED", emr.now());
        if (step.state.equals("COMPLETED") || !script.leavesItsApplication()) {
            emr.yarn.finish(step);
        }
        done.logs().forEach((file, text) -> emr.ship(cluster, "steps/" + step.id + "/" + file + ".gz", text));
        if (step.state.equals("FAILED")) {
            if (step.onFailure().equals("TERMINATE_CLUSTER")) {
                life.terminate("STEP_FAILURE", "Shut down as step failed");
                return;
            } else if (step.onFailure().equals("CANCEL_AND_WAIT")) {
                cluster.steps.stream()
                        .filter(each -> each.state.equals("PENDING"))
                        .forEach(each -> each.end("CANCELLED", emr.now()));
            }
        }
        life.goOn();
    }

    /** Whether it can be; a running one goes after a while, its application stays, and its ActionOnFailure does not count. */
    boolean cancel(Step step) {
        if (step.state.equals("PENDING")) {
            step.message = "Step was cancelled by user.";
            step.end("CANCELLED", emr.now());
            life.goOn();
            return true;
        }
        if (!step.state.equals("RUNNING")) {
            return false;
        }
        step.state = "CANCEL_PENDING";
        emr.timetable.after(CANCELLING, () -> {
            if (step.state.equals("CANCEL_PENDING")) {
                step.message = "Step was cancelled by user.";
                step.end("CANCELLED", emr.now());
                life.goOn();
            }
        });
        return true;
    }

    /** The cluster ends. */
    void endAll() {
        emr.yarn.endAll(cluster);
        cluster.steps.stream().filter(Step::isActive).forEach(step -> {
            step.message = "Job terminated";
            step.end(step.state.equals("PENDING") ? "CANCELLED" : "INTERRUPTED", emr.now());
        });
    }
}
