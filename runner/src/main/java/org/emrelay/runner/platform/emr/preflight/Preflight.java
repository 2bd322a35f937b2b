package org.emrelay.runner.platform.emr.preflight;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.CallerIdentity;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries.Offering;
import org.emrelay.runner.platform.aws.ec2.SubnetRouting;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.preflight.CallerPermissionsCheck;
import org.emrelay.runner.platform.aws.preflight.FindingsBuilder;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.emr.spec.CallerPolicy;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.emrelay.runner.platform.emr.spec.DefaultKeys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Checks, before anything is created, for all problems that would make the creation fail.
 *
 * <p>All checks run in parallel, and all problems are reported at once.
 */
public final class Preflight {
    private final AwsContext aws;
    private final Cluster cluster;
    private final PackageDownloads downloads;
    private final FindingsBuilder findings = new FindingsBuilder();
    private @Nullable Supplier<CallerIdentity> caller;

    /** @param downloads those of the steps that are known already */
    public Preflight(AwsContext aws, Cluster cluster, PackageDownloads downloads) {
        this.aws = aws;
        this.cluster = cluster;
        this.downloads = downloads.and(cluster);
    }

    /** Also simulates the permissions of the caller. */
    public Preflight withPermissionsOf(Supplier<CallerIdentity> newCaller) {
        caller = newCaller;
        return this;
    }

    /**
     * Checks the account for obstacles.
     *
     * @param names the names of the resources to create; their account id is not known yet
     * @param account asked when a check needs it
     */
    public Findings run(ResourceNames names, Supplier<String> account) {
        Ec2Queries ec2 = new Ec2Queries(aws);
        AccountChecks checks = new AccountChecks(aws, cluster, names, findings::error);
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Task<List<Subnet>> subnets = tasks.start(
                    () -> findings.orReport(() -> ec2.subnets(cluster.network().subnets()), List.of()));
            VpcDnsCheck dns = new VpcDnsCheck(aws, findings::warn);
            for (Consumer<String> check : List.<Consumer<String>>of(dns::checkResolution, dns::checkHostnames)) {
                tasks.run(
                        () -> findings.orWarn(
                                "the DNS settings of the VPC",
                                () -> vpcId(subnets.get()).ifPresent(check)),
                        subnets);
            }
            Task<List<RouteTable>> routes = tasks.start(() -> findings.orWarn(
                    "the route tables of the subnets; a subnet counts as public if it assigns public IP addresses",
                    ec2::routeTables,
                    List.of()));
            Task<List<VpcEndpoint>> endpoints =
                    tasks.start(() -> findings.orWarn("the S3 endpoints of the VPC", ec2::s3Endpoints, List.of()));
            Task<Optional<Set<Offering>>> offerings = tasks.start(() -> findings.orWarn(
                    "the instance type offerings",
                    () -> Optional.of(ec2.offerings(cluster.instanceTypes())),
                    Optional.empty()));
            DefaultKeyCheck keyCheck = new DefaultKeyCheck(aws, cluster, account, findings);
            Task<DefaultKeys> keys = tasks.start(keyCheck::find);
            Task<Boolean> bucket =
                    tasks.start(() -> findings.orWarn("the existing buckets", checks::checkBucketName, true));
            InstanceTypeCheck types = new InstanceTypeCheck(aws, cluster, findings::error);
            tasks.run(() -> findings.orWarn("the instance types of the release", types::checkRelease));
            VcpuCheck vcpus = new VcpuCheck(aws, cluster, findings::error, findings::warn);
            SecurityGroupChecks securityGroups = new SecurityGroupChecks(aws, cluster, findings::error);
            Task<Optional<Map<String, String>>> groups = tasks.start(
                    () -> findings.orWarn("the given security groups", securityGroups::findVpcs, Optional.empty()));
            tasks.run(() -> findings.orWarn("the given security configuration", checks::checkSecurityConfiguration));
            tasks.run(() -> findings.orWarn("the vCPU quotas", vcpus::check));
            tasks.run(() -> findings.orWarn("the release label", checks::checkRelease));
            tasks.run(() ->
                    findings.orWarn("EMR's block public access configuration", securityGroups::checkPublicIngress));
            tasks.run(() -> findings.orWarn("the given roles", checks::checkGivenRoles));
            tasks.run(() -> findings.orWarn("the given bucket", checks::checkGivenBucket));
            Supplier<CallerIdentity> knownCaller = caller;
            if (knownCaller != null) {
                tasks.run(() -> findings.orWarn(
                        "the caller's permissions",
                        () -> permissionsCheck(names, knownCaller.get()).check()));
            }
            if (!names.arePlaceholders()) {
                tasks.run(() -> findings.orWarn("the role names", checks::checkServiceRoleName));
                tasks.run(() -> findings.orWarn("the role names", checks::checkNodeRoleName));
                tasks.run(() -> findings.orWarn("the instance profile name", checks::checkInstanceProfileName));
            }
            tasks.join();
            offerings.get().ifPresent(types::checkRegion);
            String vpcId = vpcId(subnets.get()).orElse(null);
            groups.get().ifPresent(vpcs -> securityGroups.checkSecurityGroups(vpcs, vpcId));
            SubnetRouting routing = new SubnetRouting(subnets.get(), routes.get(), endpoints.get());
            NetworkCheck networkCheck = new NetworkCheck(cluster, routing, findings::error, findings::warn);
            VpcSubnets network = !findings.hasErrors() || !subnets.get().isEmpty()
                    ? networkCheck.selectSubnets(offerings.get()).orElse(null)
                    : null;
            if (network != null) {
                EndpointPolicyCheck policies = new EndpointPolicyCheck(
                        aws.clients().partition(), aws.clients().region(), findings::warn);
                List<String> subnetIds =
                        network.subnets().stream().map(VpcSubnets.Subnet::id).toList();
                routing.s3GatewayEndpoints(subnetIds).forEach(policies::check);
                downloads.warning(routing, subnetIds).ifPresent(findings::warn);
            }
            return new Findings(network, bucket.get(), keys.get(), findings.errors(), findings.warnings());
        }
    }

    /** Without names, those of an example serve as well. */
    private CallerPermissionsCheck permissionsCheck(ResourceNames names, CallerIdentity identity) {
        AwsScope scope = names.scope();
        boolean isExample = names.arePlaceholders();
        ClusterResources resources = new ClusterResources(
                cluster,
                isExample ? "example" : names.cluster(),
                new AwsScope(
                        scope.partition(),
                        scope.region(),
                        identity.account(),
                        isExample ? "00000000" : scope.workspaceId()),
                DefaultKeys.NONE);
        return new CallerPermissionsCheck(
                aws,
                identity,
                resources.tags(),
                CallerPolicy.of(resources).statements(),
                CallerPolicy.DOCUMENT,
                findings::warn);
    }

    /** The VPC of the subnets; {@link NetworkCheck} reports subnets of several VPCs. */
    private static Optional<String> vpcId(List<Subnet> subnets) {
        return subnets.stream().map(Subnet::vpcId).findFirst();
    }
}
