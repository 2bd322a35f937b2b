package org.emrelay.runner.fakeaws.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.ec2.SecurityGroup;
import org.emrelay.runner.fakeaws.ec2.Subnet;
import org.emrelay.runner.fakeaws.iam.InstanceProfile;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Rejects the RunJobFlow requests that EMR rejects. */
final class RunJobFlowValidator {
    private static final Pattern INVALID_NAME_CHARACTER = Pattern.compile("[<>$|`]");

    private final EmrState emr;
    private final Tree request;
    private final Tree instances;

    RunJobFlowValidator(EmrState emr, Tree request) {
        this.emr = emr;
        this.request = request;
        this.instances = request.tree("Instances");
    }

    static List<String> subnets(Tree instances) {
        List<String> subnets = new ArrayList<>(instances.texts("Ec2SubnetIds"));
        subnets.addAll(instances.texts("Ec2SubnetId"));
        return subnets;
    }

    void validate() {
        checkName("name", request.text("Name", ""));
        checkSoftware();
        checkRoles();
        List<Subnet> subnets = checkSubnets();
        checkGroups(subnets);
        new FleetValidator(emr, instances).validate();
        checkPolicies();
        StepValidator.validate(request.trees("Steps"), request.number("StepConcurrencyLevel", 1));
        checkBootstrapActions();
        checkTags(request.trees("Tags"));
    }

    static void checkName(String field, String name) {
        if (name.isEmpty()) {
            throw EmrState.validation("1 validation error detected: Value null at '" + field
                    + "' failed to satisfy constraint: Member must not be null");
        }
        if (name.length() > 256) {
            throw EmrState.validation("1 validation error detected: Value '" + name + "' at '" + field
                    + "' failed to satisfy constraint: Member must have length less than or equal to 256");
        }
        if (INVALID_NAME_CHARACTER.matcher(name).find()) {
            throw EmrState.validation("Invalid " + field + ": it must not contain the characters <, >, $, | or `.");
        }
    }

    private void checkSoftware() {
        String label = request.text("ReleaseLabel", "");
        if (!Releases.isLabel(label)) {
            throw EmrState.validation("The supplied release label is invalid: " + label + ".");
        }
        for (Tree application : request.trees("Applications")) {
            String name = application.text("Name", "");
            if (Releases.version(name).isEmpty()) {
                throw EmrState.validation("Specified application: " + name + " is invalid for release label " + label);
            }
        }
        String configuration = request.text("SecurityConfiguration");
        if (configuration != null && !emr.securityConfigurations.containsKey(configuration)) {
            throw EmrState.validation("Security configuration with name '" + configuration + "' does not exist.");
        }
    }

    /** Before a new role or profile has propagated, EMR reports it as if it did not exist. */
    private void checkRoles() {
        String profileName = request.text("JobFlowRole");
        String roleName = request.text("ServiceRole");
        if (profileName == null) {
            throw EmrState.validation("InstanceProfile is required for creating cluster.");
        }
        if (roleName == null) {
            throw EmrState.validation("ServiceRole is required for creating cluster.");
        }
        InstanceProfile profile = emr.iam
                .propagatedProfile(profileName)
                .orElseThrow(() -> EmrState.validation("Invalid InstanceProfile: " + profileName + "."));
        if (!emr.iam.isRolePropagatedIn(profile) || !profile.isAssumableBy(emr.identity.principal("ec2"))) {
            throw new AwsError(400, "AccessDeniedException", "Failed to authorize instance profile " + profile.arn());
        }
        if (emr.iam.propagatedRole(roleName).isEmpty()) {
            throw EmrState.validation("Invalid ServiceRole: " + roleName + ".");
        }
    }

    private List<Subnet> checkSubnets() {
        List<Subnet> subnets = new ArrayList<>();
        for (String id : subnets(instances)) {
            Subnet subnet = emr.ec2.subnets().get(id);
            if (subnet == null) {
                throw EmrState.validation(
                        "The subnet configuration was invalid: The subnet ID '" + id + "' does not exist");
            }
            subnets.add(subnet);
        }
        if (subnets.isEmpty()) {
            throw EmrState.validation("Subnet is required : The specified instance type can only be used in a VPC.");
        }
        if (subnets.stream().map(Subnet::vpc).distinct().count() > 1) {
            throw EmrState.validation("The subnets must belong to the same VPC: " + subnets(instances));
        }
        if (subnets.stream().map(emr.ec2::isPrivate).distinct().count() > 1) {
            throw EmrState.validation("The subnets must be all public or all private: " + subnets(instances));
        }
        return subnets;
    }

    private void checkGroups(List<Subnet> subnets) {
        String primary = instances.text("EmrManagedMasterSecurityGroup");
        String core = instances.text("EmrManagedSlaveSecurityGroup");
        String serviceAccess = instances.text("ServiceAccessSecurityGroup");
        if ((primary == null) != (core == null)) {
            throw EmrState.validation("You must specify both EmrManagedMasterSecurityGroup and"
                    + " EmrManagedSlaveSecurityGroup, or neither of them.");
        }
        boolean isPrivate = emr.ec2.isPrivate(subnets.get(0));
        if (primary != null && isPrivate && serviceAccess == null) {
            throw EmrState.validation("You must also specify a ServiceAccessSecurityGroup if you use custom security"
                    + " groups when creating a cluster in a private subnet.");
        }
        if (serviceAccess != null && !isPrivate) {
            throw EmrState.validation(
                    "ServiceAccessSecurityGroup can only be specified when creating a cluster in a private subnet.");
        }
        List<String> groupIds = new ArrayList<>();
        for (String key : List.of(
                "EmrManagedMasterSecurityGroup",
                "EmrManagedSlaveSecurityGroup",
                "ServiceAccessSecurityGroup",
                "AdditionalMasterSecurityGroups",
                "AdditionalSlaveSecurityGroups")) {
            groupIds.addAll(instances.texts(key));
        }
        groupIds.forEach(id -> checkGroup(id, subnets.get(0).vpc()));
        String key = instances.text("Ec2KeyName");
        if (key != null && !emr.ec2.keyPairs().contains(key)) {
            throw EmrState.validation("The given SSH key name was invalid");
        }
    }

    private void checkGroup(String id, String vpc) {
        SecurityGroup group = emr.ec2.groups().get(id);
        if (group == null || !emr.ec2.isVisibleToEmr(group)) {
            throw EmrState.validation("The security group '" + id + "' does not exist");
        }
        if (!group.vpc().equals(vpc)) {
            throw EmrState.validation("The security group '" + id + "' does not belong to the VPC '" + vpc + "'");
        }
        if (group.allowsPublicIngress()) {
            throw EmrState.validation(
                    "The security group '" + id
                            + "' has rules that allow public access, which the block public access configuration does not permit");
        }
    }

    private void checkPolicies() {
        if (request.has("AutoTerminationPolicy")) {
            checkIdleTimeout(request.tree("AutoTerminationPolicy").number("IdleTimeout", 3600));
        }
        if (request.has("ManagedScalingPolicy")) {
            checkScaling(request.tree("ManagedScalingPolicy").tree("ComputeLimits"));
        }
        String log = request.text("LogUri");
        if (log != null && !log.matches("s3[an]?://[^/]+/.*|s3[an]?://[^/]+")) {
            throw EmrState.validation("Invalid log URI: " + log);
        }
    }

    static void checkIdleTimeout(int seconds) {
        if (seconds < 60 || seconds > 604_800) {
            throw EmrState.validation("IdleTimeout must be between 60 and 604800 seconds.");
        }
    }

    static void checkScaling(Tree limits) {
        int min = limits.number("MinimumCapacityUnits", 0);
        int max = limits.number("MaximumCapacityUnits", 0);
        if (!limits.text("UnitType", "").equals("InstanceFleetUnits")) {
            throw EmrState.validation("UnitType must be InstanceFleetUnits for a cluster that uses instance fleets.");
        }
        if (min < 1
                || max < min
                || limits.number("MaximumOnDemandCapacityUnits", 0) > max
                || limits.number("MaximumCoreCapacityUnits", max) > max) {
            throw EmrState.validation("The managed scaling policy's limits contradict one another.");
        }
    }

    private void checkBootstrapActions() {
        List<Tree> actions = request.trees("BootstrapActions");
        if (actions.size() > 16) {
            throw EmrState.validation("Maximum number of bootstrap actions for cluster exceeded.");
        }
        for (Tree action : actions) {
            checkName("name", action.text("Name", ""));
            if (action.tree("ScriptBootstrapAction").text("Path", "").isEmpty()) {
                throw EmrState.validation("1 validation error detected: Value null at 'path' failed to satisfy"
                        + " constraint: Member must not be null");
            }
        }
    }

    static void checkTags(List<Tree> tags) {
        for (Tree tag : tags) {
            String key = tag.text("Key", "");
            if (key.isEmpty() || key.length() > 128 || tag.text("Value", "").length() > 256 || key.startsWith("aws:")) {
                throw EmrState.validation("Invalid tag key or value: " + key);
            }
        }
    }
}
