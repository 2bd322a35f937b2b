package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** What becomes of one cluster as time goes by. */
final class ClusterLife {
    private static final Duration LAUNCH = Duration.ofSeconds(10);

    private final EmrState emr;
    private final EmrCluster cluster;
    private final Provisioning provisioning;
    private final StepLife steps;

    ClusterLife(EmrState emr, EmrCluster cluster) {
        this.emr = emr;
        this.cluster = cluster;
        this.provisioning = new Provisioning(emr, cluster);
        this.steps = new StepLife(emr, cluster, this);
    }

    StepLife steps() {
        return steps;
    }

    void begin() {
        emr.timetable.after(LAUNCH, this::launch);
    }

    private void launch() {
        if (cluster.isEnding()) {
            return;
        }
        Tree instances = cluster.request.tree("Instances");
        if (!hasAbleRole()) {
            terminate(
                    "VALIDATION_ERROR",
                    "Service role " + cluster.request.text("ServiceRole") + " has insufficient EC2 permissions");
        } else if (!cluster.groups.stream().allMatch(group -> emr.ec2.groups().containsKey(group))) {
            terminate("VALIDATION_ERROR", "The security group '" + cluster.groups + "' does not exist");
        } else if (ManagedRules.isAccessMissing(emr.ec2, cluster.groups.get(0), instances)) {
            terminate(
                    "VALIDATION_ERROR",
                    "ServiceAccessSecurityGroup is missing ingress rule from EmrManagedMasterSecurityGroup on port 9443.");
        } else if (!Provisioning.isPossible(emr, instances, cluster.zone)) {
            terminate(
                    "VALIDATION_ERROR",
                    "The requested instance types are not supported in the availability zone " + cluster.zone + ".");
        } else {
            ManagedRules.addTo(emr.ec2, cluster.groups.get(0), cluster.groups.get(1), instances);
            emr.timetable.after(cluster.script.onDemandAfter().minus(LAUNCH), () -> fill(provisioning::fillOnDemand));
            emr.timetable.after(cluster.script.spotAfter().minus(LAUNCH), () -> fill(provisioning::fillSpot));
            cluster.fleets.forEach(this::watchSpot);
        }
    }

    private boolean hasAbleRole() {
        return emr.iam
                .propagatedRole(cluster.request.text("ServiceRole", ""))
                .filter(role -> !role.mayDoNothing())
                .isPresent();
    }

    private void fill(Runnable filling) {
        if (cluster.isEnding()) {
            return;
        }
        filling.run();
        boolean nodes = cluster.fleets.stream()
                .filter(fleet -> !fleet.type().equals("TASK"))
                .allMatch(Fleet::isFilled);
        if (nodes && cluster.state().equals("STARTING")) {
            bootstrap();
        } else if (!cluster.state().equals("STARTING")) {
            cluster.fleets.stream()
                    .filter(fleet -> fleet.type().equals("TASK") && fleet.isFilled())
                    .forEach(fleet -> fleet.enter("RUNNING", emr.now()));
        }
    }

    private void watchSpot(Fleet fleet) {
        Tree specification = fleet.spotSpecification();
        if (fleet.targetSpot > 0 && !specification.isEmpty()) {
            Duration timeout = Duration.ofMinutes(specification.number("TimeoutDurationMinutes", 60));
            emr.timetable.after(timeout.minus(LAUNCH), () -> spotTimedOut(fleet, specification));
        }
    }

    private void spotTimedOut(Fleet fleet, Tree specification) {
        if (cluster.isEnding() || fleet.isFilled()) {
            return;
        }
        if (specification.text("TimeoutAction", "").equals("SWITCH_TO_ON_DEMAND")) {
            fill(() -> provisioning.switchToOnDemand(fleet));
        } else {
            terminate(
                    "INSTANCE_FLEET_TIMEOUT",
                    "Instance fleet " + fleet.id + " (" + fleet.type() + ") could not be provisioned with "
                            + fleet.targetSpot + " Spot units within the timeout of "
                            + specification.number("TimeoutDurationMinutes", 0) + " minutes.");
        }
    }

    private void bootstrap() {
        cluster.enter("BOOTSTRAPPING", emr.now(), null, "Running bootstrap actions");
        cluster.fleets.stream().filter(Fleet::isFilled).forEach(fleet -> fleet.enter("BOOTSTRAPPING", emr.now()));
        emr.timetable.after(cluster.script.bootstrapping(), this::bootstrapped);
    }

    private void bootstrapped() {
        if (cluster.isEnding()) {
            return;
        }
        ClusterScript.BootstrapFailure failure = cluster.script.bootstrapFailure();
        int missing = missingAction();
        if (failure != null) {
            bootstrapFailed(failure);
        } else if (missing > 0) {
            bootstrapFailed(new ClusterScript.BootstrapFailure(
                    missing,
                    "MASTER",
                    1,
                    "fatal error: An error occurred (404) when calling the HeadObject operation: Not Found\n"));
        } else {
            cluster.ready = emr.now();
            cluster.fleets.stream().filter(Fleet::isFilled).forEach(fleet -> fleet.enter("RUNNING", emr.now()));
            goOn();
        }
    }

    /** The number of the first bootstrap action that is in none of the account's buckets, or 0. */
    private int missingAction() {
        List<Tree> actions = cluster.request.trees("BootstrapActions");
        for (int i = 0; i < actions.size(); i++) {
            String path = actions.get(i).tree("ScriptBootstrapAction").text("Path", "");
            if (path.matches("s3[an]?://.*") && !emr.s3.holds(path.replaceFirst("s3[an]?://", ""))) {
                return i + 1;
            }
        }
        return 0;
    }

    private void bootstrapFailed(ClusterScript.BootstrapFailure failure) {
        Machine machine = cluster.fleets.stream()
                .filter(fleet -> fleet.type().equals(failure.role()))
                .flatMap(fleet -> fleet.machines.stream())
                .findFirst()
                .orElseThrow();
        String folder = "node/" + machine.ec2Id + "/bootstrap-actions/" + failure.action() + "/";
        emr.ship(cluster, folder + "stderr.gz", failure.stderr());
        emr.ship(cluster, folder + "stdout.gz", "");
        emr.ship(cluster, folder + "controller.gz", "ERROR Execution failed with code '" + failure.exitCode() + "'\n");
        boolean primary = failure.role().equals("MASTER");
        List<Tree> actions = cluster.request.trees("BootstrapActions");
        String path = actions.size() < failure.action()
                ? ""
                : actions.get(failure.action() - 1)
                        .tree("ScriptBootstrapAction")
                        .text("Path", "");
        cluster.errorDetails.add(Fields.of(
                        "ErrorCode",
                        primary
                                ? "BOOTSTRAP_FAILURE_PRIMARY_WITH_NON_ZERO_CODE"
                                : "BOOTSTRAP_FAILURE_CORE_WITH_NON_ZERO_CODE")
                .and(
                        "ErrorData",
                        List.of(Map.of(
                                primary ? "primary-instance-id" : "core-instance-id",
                                machine.ec2Id,
                                "bootstrap-action",
                                path)))
                .and("ErrorMessage", "The bootstrap action returned a non-zero return code."));
        terminate(
                "BOOTSTRAP_FAILURE",
                "On the " + (primary ? "master" : "slave") + " instance (" + machine.ec2Id + "), bootstrap action "
                        + failure.action() + " returned a non-zero return code");
    }

    /** After a change of its steps: running, waiting, or at its end. */
    void goOn() {
        if (cluster.isEnding() || cluster.ready == null) {
            return;
        }
        steps.start();
        boolean busy = cluster.steps.stream().anyMatch(Step::isActive);
        if (busy && !cluster.state().equals("RUNNING")) {
            cluster.idleSince = null;
            cluster.enter("RUNNING", emr.now(), null, "Running step");
        } else if (!busy && cluster.staysAlive() && !cluster.state().equals("WAITING")) {
            cluster.enter("WAITING", emr.now(), null, "Cluster ready to run steps.");
            idle();
        } else if (!busy && !cluster.staysAlive()) {
            terminate("ALL_STEPS_COMPLETED", "Steps completed");
        }
    }

    /** From now on the cluster is idle, as also when its idle policy changes. */
    void idle() {
        if (!cluster.state().equals("WAITING")) {
            return;
        }
        cluster.idleSince = emr.now();
        Integer timeout = cluster.idleTimeout;
        if (timeout != null) {
            emr.timetable.after(Duration.ofSeconds(timeout), () -> endIfIdle(timeout));
        }
    }

    private void endIfIdle(int timeout) {
        boolean stillIdle = cluster.state().equals("WAITING")
                && Objects.equals(cluster.idleTimeout, timeout)
                && cluster.idleSince != null
                && !cluster.idleSince.plusSeconds(timeout).isAfter(emr.now());
        if (stillIdle) {
            terminate(null, "Cluster auto-terminated after it was idle for " + timeout + " seconds");
        }
    }

    /** A code of an error makes it TERMINATED_WITH_ERRORS in the end. */
    void terminate(@Nullable String code, String message) {
        if (cluster.isEnding()) {
            return;
        }
        cluster.enter("TERMINATING", emr.now(), code, message);
        steps.endAll();
        cluster.fleets.forEach(fleet -> fleet.enter("TERMINATING", emr.now()));
        emr.timetable.after(cluster.script.terminating(), this::terminated);
    }

    /** EMR ends the machines by its service role: without it they go on, and cost, until there is one again. */
    private void terminated() {
        boolean machines = cluster.fleets.stream().anyMatch(fleet -> !fleet.machines.isEmpty());
        if (machines && !hasAbleRole()) {
            emr.timetable.after(cluster.script.terminating(), this::terminated);
            return;
        }
        String code = cluster.reasonCode;
        boolean plain = code == null || code.equals("USER_REQUEST") || code.equals("ALL_STEPS_COMPLETED");
        cluster.ended = emr.now();
        cluster.enter(plain ? "TERMINATED" : "TERMINATED_WITH_ERRORS", emr.now(), code, cluster.reasonMessage);
        cluster.fleets.forEach(fleet -> fleet.enter("TERMINATED", emr.now()));
    }
}
