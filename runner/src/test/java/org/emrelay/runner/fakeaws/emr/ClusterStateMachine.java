package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.fakeaws.iam.Role;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** Moves one cluster through its states as simulated time passes. */
final class ClusterStateMachine {
    private static final Duration LAUNCH_DELAY = Duration.ofSeconds(10);

    private final EmrState emr;
    private final FakeCluster cluster;
    private final FleetProvisioner provisioner;
    private final StepScheduler steps;

    ClusterStateMachine(EmrState emr, FakeCluster cluster) {
        this.emr = emr;
        this.cluster = cluster;
        this.provisioner = new FleetProvisioner(emr, cluster);
        this.steps = new StepScheduler(emr, cluster, this);
    }

    StepScheduler steps() {
        return steps;
    }

    void start() {
        emr.events.schedule(LAUNCH_DELAY, this::launch);
    }

    private void launch() {
        if (cluster.isShuttingDown()) {
            return;
        }
        Tree instances = cluster.request.tree("Instances");
        Optional<Role> role = emr.iam.propagatedRole(cluster.request.text("ServiceRole", ""));
        if (role.isEmpty() || !role.get().isAssumableBy(emr.identity.principal("elasticmapreduce"))) {
            terminate(
                    "VALIDATION_ERROR",
                    "EMR service role " + emr.identity.iamArn("role/" + cluster.request.text("ServiceRole"))
                            + " is invalid");
        } else if (!emr.iam.arePoliciesPropagated(role.get(), emr.now())) {
            terminate("VALIDATION_ERROR", "Service role " + role.get().arn() + " has insufficient EC2 permissions");
        } else if (!cluster.securityGroups.stream()
                .allMatch(group -> emr.ec2.groups().containsKey(group))) {
            terminate("VALIDATION_ERROR", "The security group '" + cluster.securityGroups + "' does not exist");
        } else if (EmrManagedRules.lacksServiceAccess(emr.ec2, cluster.securityGroups.get(0), instances)) {
            terminate(
                    "VALIDATION_ERROR",
                    "ServiceAccessSecurityGroup is missing ingress rule from EmrManagedMasterSecurityGroup on port 9443.");
        } else if (!FleetProvisioner.canProvision(emr, instances, cluster.zone)) {
            terminate(
                    "VALIDATION_ERROR",
                    "The requested instance types are not supported in the availability zone " + cluster.zone + ".");
        } else if (new VolumeEncryption(emr, cluster).denial(role.get()).isPresent()) {
            terminate("INSTANCE_FAILURE", "Instances failed to launch: Client.InternalError: Client error on launch");
        } else {
            EmrManagedRules.addTo(emr.ec2, cluster.securityGroups.get(0), cluster.securityGroups.get(1), instances);
            emr.events.schedule(
                    cluster.script.onDemandDelay().minus(LAUNCH_DELAY),
                    () -> provision(provisioner::provisionOnDemand));
            emr.events.schedule(
                    cluster.script.spotDelay().minus(LAUNCH_DELAY), () -> provision(provisioner::provisionSpot));
            cluster.fleets.forEach(this::scheduleSpotTimeout);
        }
    }

    /** Adds a fleet to a running cluster. */
    void add(FakeFleet fleet) {
        cluster.fleets.add(fleet);
        emr.events.schedule(cluster.script.onDemandDelay(), () -> provision(provisioner::provisionOnDemand));
        emr.events.schedule(cluster.script.spotDelay(), () -> provision(provisioner::provisionSpot));
        scheduleSpotTimeout(fleet);
    }

    private boolean hasUsableServiceRole() {
        return emr.iam
                .propagatedRole(cluster.request.text("ServiceRole", ""))
                .filter(role -> !role.hasNoPolicies())
                .isPresent();
    }

    private void provision(Runnable provisionFleets) {
        if (cluster.isShuttingDown()) {
            return;
        }
        provisionFleets.run();
        boolean primaryAndCoreFilled = cluster.fleets.stream()
                .filter(fleet -> !fleet.type().equals("TASK"))
                .allMatch(FakeFleet::isFilled);
        if (primaryAndCoreFilled && cluster.state().equals("STARTING")) {
            bootstrap();
        } else if (!cluster.state().equals("STARTING")) {
            cluster.fleets.stream()
                    .filter(fleet -> fleet.type().equals("TASK") && fleet.isFilled())
                    .forEach(fleet -> fleet.transitionTo("RUNNING", emr.now()));
        }
    }

    private void scheduleSpotTimeout(FakeFleet fleet) {
        Tree specification = fleet.spotSpecification();
        if (fleet.targetSpot > 0 && !specification.isEmpty()) {
            Duration timeout = Duration.ofMinutes(specification.number("TimeoutDurationMinutes", 60));
            emr.events.schedule(timeout.minus(LAUNCH_DELAY), () -> spotTimedOut(fleet, specification));
        }
    }

    private void spotTimedOut(FakeFleet fleet, Tree specification) {
        if (cluster.isShuttingDown() || fleet.isFilled()) {
            return;
        }
        if (specification.text("TimeoutAction", "").equals("SWITCH_TO_ON_DEMAND")) {
            provision(() -> provisioner.switchToOnDemand(fleet));
        } else {
            terminate(
                    "INSTANCE_FLEET_TIMEOUT",
                    "Instance fleet " + fleet.id + " (" + fleet.type() + ") could not be provisioned with "
                            + fleet.targetSpot + " Spot units within the timeout of "
                            + specification.number("TimeoutDurationMinutes", 0) + " minutes.");
        }
    }

    private void bootstrap() {
        cluster.transitionTo("BOOTSTRAPPING", emr.now(), null, "Running bootstrap actions");
        cluster.fleets.stream()
                .filter(FakeFleet::isFilled)
                .forEach(fleet -> fleet.transitionTo("BOOTSTRAPPING", emr.now()));
        emr.events.schedule(cluster.script.bootstrapDuration(), this::bootstrapped);
    }

    private void bootstrapped() {
        if (cluster.isShuttingDown()) {
            return;
        }
        ClusterScript.BootstrapFailure failure = cluster.script.bootstrapFailure();
        int missingAction = firstMissingAction();
        if (failure != null) {
            bootstrapFailed(failure);
        } else if (missingAction > 0) {
            bootstrapFailed(new ClusterScript.BootstrapFailure(
                    missingAction,
                    "MASTER",
                    1,
                    "fatal error: An error occurred (404) when calling the HeadObject operation: Not Found\n"));
        } else {
            cluster.readyAt = emr.now();
            cluster.fleets.stream()
                    .filter(FakeFleet::isFilled)
                    .forEach(fleet -> fleet.transitionTo("RUNNING", emr.now()));
            update();
        }
    }

    /** The number of the first bootstrap action whose script does not exist in S3, or 0. */
    private int firstMissingAction() {
        List<Tree> actions = cluster.request.trees("BootstrapActions");
        for (int i = 0; i < actions.size(); i++) {
            String path = actions.get(i).tree("ScriptBootstrapAction").text("Path", "");
            if (path.matches("s3[an]?://.*") && !emr.s3.objectExists(path.replaceFirst("s3[an]?://", ""))) {
                return i + 1;
            }
        }
        return 0;
    }

    private void bootstrapFailed(ClusterScript.BootstrapFailure failure) {
        FakeInstance instance = cluster.fleets.stream()
                .filter(fleet -> fleet.type().equals(failure.role()))
                .flatMap(fleet -> fleet.instances.stream())
                .findFirst()
                .orElseThrow();
        String logPrefix = "node/" + instance.ec2InstanceId + "/bootstrap-actions/" + failure.action() + "/";
        emr.shipLog(cluster, logPrefix + "stderr.gz", failure.stderr());
        emr.shipLog(cluster, logPrefix + "stdout.gz", "");
        emr.shipLog(
                cluster,
                logPrefix + "controller.gz",
                "ERROR Execution failed with code '" + failure.exitCode() + "'\n");
        boolean isPrimary = failure.role().equals("MASTER");
        List<Tree> actions = cluster.request.trees("BootstrapActions");
        String path = actions.size() < failure.action()
                ? ""
                : actions.get(failure.action() - 1)
                        .tree("ScriptBootstrapAction")
                        .text("Path", "");
        cluster.errorDetails.add(Fields.of(
                        "ErrorCode",
                        isPrimary
                                ? "BOOTSTRAP_FAILURE_PRIMARY_WITH_NON_ZERO_CODE"
                                : "BOOTSTRAP_FAILURE_CORE_WITH_NON_ZERO_CODE")
                .and(
                        "ErrorData",
                        List.of(Map.of(
                                isPrimary ? "primary-instance-id" : "core-instance-id",
                                instance.ec2InstanceId,
                                "bootstrap-action",
                                path)))
                .and("ErrorMessage", "The bootstrap action returned a non-zero return code."));
        terminate(
                "BOOTSTRAP_FAILURE",
                "On the " + (isPrimary ? "master" : "slave") + " instance (" + instance.ec2InstanceId
                        + "), bootstrap action " + failure.action() + " returned a non-zero return code");
    }

    /** Updates the state after its steps changed: RUNNING, WAITING or TERMINATING. */
    void update() {
        if (cluster.isShuttingDown() || cluster.readyAt == null) {
            return;
        }
        steps.start();
        boolean hasActiveSteps = cluster.steps.stream().anyMatch(FakeStep::isActive);
        if (hasActiveSteps && !cluster.state().equals("RUNNING")) {
            cluster.idleSince = null;
            cluster.transitionTo("RUNNING", emr.now(), null, "Running step");
        } else if (!hasActiveSteps
                && cluster.keepsAliveWithoutSteps()
                && !cluster.state().equals("WAITING")) {
            cluster.transitionTo("WAITING", emr.now(), null, "Cluster ready to run steps.");
            restartIdleTimeout();
        } else if (!hasActiveSteps && !cluster.keepsAliveWithoutSteps()) {
            terminate("ALL_STEPS_COMPLETED", "Steps completed");
        }
    }

    /** Restarts the idle timeout: when the cluster becomes idle or its auto-termination policy changes. */
    void restartIdleTimeout() {
        if (!cluster.state().equals("WAITING")) {
            return;
        }
        cluster.idleSince = emr.now();
        Integer timeout = cluster.idleTimeout;
        if (timeout != null) {
            emr.events.schedule(Duration.ofSeconds(timeout), () -> terminateIfIdle(timeout));
        }
    }

    private void terminateIfIdle(int timeout) {
        boolean isStillIdle = cluster.state().equals("WAITING")
                && Objects.equals(cluster.idleTimeout, timeout)
                && cluster.idleSince != null
                && !cluster.idleSince.plusSeconds(timeout).isAfter(emr.now());
        if (isStillIdle) {
            terminate(null, "Cluster auto-terminated after it was idle for " + timeout + " seconds");
        }
    }

    /** Terminates the cluster. An error code makes the final state TERMINATED_WITH_ERRORS. */
    void terminate(@Nullable String code, String message) {
        if (cluster.isShuttingDown()) {
            return;
        }
        cluster.transitionTo("TERMINATING", emr.now(), code, message);
        steps.terminateAll();
        cluster.fleets.forEach(fleet -> fleet.transitionTo("TERMINATING", emr.now()));
        emr.events.schedule(cluster.script.terminationDuration(), this::terminated);
    }

    /**
     * EMR terminates the instances with the service role. Without a usable role they keep running, at a cost, until there
     * is one again.
     */
    private void terminated() {
        boolean hasInstances = cluster.fleets.stream().anyMatch(fleet -> !fleet.instances.isEmpty());
        if (hasInstances && !hasUsableServiceRole()) {
            emr.events.schedule(cluster.script.terminationDuration(), this::terminated);
            return;
        }
        String code = cluster.reasonCode;
        boolean isRegular = code == null || code.equals("USER_REQUEST") || code.equals("ALL_STEPS_COMPLETED");
        cluster.endedAt = emr.now();
        cluster.transitionTo(
                isRegular ? "TERMINATED" : "TERMINATED_WITH_ERRORS", emr.now(), code, cluster.reasonMessage);
        cluster.fleets.forEach(fleet -> fleet.transitionTo("TERMINATED", emr.now()));
    }
}
