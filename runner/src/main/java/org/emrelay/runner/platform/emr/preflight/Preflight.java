package org.emrelay.runner.platform.emr.preflight;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries.Offering;
import org.emrelay.runner.platform.aws.ec2.SubnetRouting;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
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
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

    /** @param downloads those of the steps that are known already */
    public Preflight(AwsContext aws, Cluster cluster, PackageDownloads downloads) {
        this.aws = aws;
        this.cluster = cluster;
        this.downloads = downloads.and(cluster);
    }

    /**
     * Checks the account for obstacles.
     *
     * @param names the names of the resources to create; their account id is not known yet
     */
    public Findings run(ResourceNames names) {
        Ec2Queries ec2 = new Ec2Queries(aws);
        AccountChecks account = new AccountChecks(aws, cluster, names, errors::add);
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Task<List<Subnet>> subnets = tasks.start(
                    () -> orReport(() -> ec2.subnets(cluster.network().subnets()), List.of()));
            VpcDnsCheck dns = new VpcDnsCheck(aws, warnings::add);
            for (Consumer<String> check : List.<Consumer<String>>of(dns::checkResolution, dns::checkHostnames)) {
                tasks.run(
                        () -> orWarn(
                                "the DNS settings of the VPC",
                                () -> vpcId(subnets.get()).ifPresent(check)),
                        subnets);
            }
            Task<List<RouteTable>> routes = tasks.start(() -> orWarn(
                    "the route tables of the subnets; a subnet counts as public if it assigns public IP addresses",
                    ec2::routeTables,
                    List.of()));
            Task<List<VpcEndpoint>> endpoints =
                    tasks.start(() -> orWarn("the S3 endpoints of the VPC", ec2::s3Endpoints, List.of()));
            Task<Optional<Set<Offering>>> offerings = tasks.start(() -> orWarn(
                    "the instance type offerings",
                    () -> Optional.of(ec2.offerings(cluster.instanceTypes())),
                    Optional.empty()));
            Task<Boolean> bucket = tasks.start(() -> orWarn("the existing buckets", account::checkBucketName, true));
            InstanceTypeCheck types = new InstanceTypeCheck(aws, cluster, errors::add);
            tasks.run(() -> orWarn("the instance types of the release", types::checkRelease));
            VcpuCheck vcpus = new VcpuCheck(aws, cluster, errors::add, warnings::add);
            SecurityGroupChecks securityGroups = new SecurityGroupChecks(aws, cluster, errors::add);
            Task<Optional<Map<String, String>>> groups =
                    tasks.start(() -> orWarn("the given security groups", securityGroups::findVpcs, Optional.empty()));
            tasks.run(() -> orWarn("the given security configuration", account::checkSecurityConfiguration));
            tasks.run(() -> orWarn("the vCPU quotas", vcpus::check));
            tasks.run(() -> orWarn("the release label", account::checkRelease));
            tasks.run(() -> orWarn("EMR's block public access configuration", securityGroups::checkPublicIngress));
            tasks.run(() -> orWarn("the given roles", account::checkGivenRoles));
            tasks.run(() -> orWarn("the given bucket", account::checkGivenBucket));
            if (!names.arePlaceholders()) {
                tasks.run(() -> orWarn("the role names", account::checkServiceRoleName));
                tasks.run(() -> orWarn("the role names", account::checkNodeRoleName));
                tasks.run(() -> orWarn("the instance profile name", account::checkInstanceProfileName));
            }
            tasks.join();
            offerings.get().ifPresent(types::checkRegion);
            String vpcId = vpcId(subnets.get()).orElse(null);
            groups.get().ifPresent(vpcs -> securityGroups.checkSecurityGroups(vpcs, vpcId));
            SubnetRouting routing = new SubnetRouting(subnets.get(), routes.get(), endpoints.get());
            NetworkCheck networkCheck = new NetworkCheck(cluster, routing, errors::add, warnings::add);
            VpcSubnets network = errors.isEmpty() || !subnets.get().isEmpty()
                    ? networkCheck.selectSubnets(offerings.get()).orElse(null)
                    : null;
            if (network != null) {
                EndpointPolicyCheck policies = new EndpointPolicyCheck(
                        aws.clients().partition(), aws.clients().region(), warnings::add);
                List<String> subnetIds =
                        network.subnets().stream().map(VpcSubnets.Subnet::id).toList();
                routing.s3GatewayEndpoints(subnetIds).forEach(policies::check);
                downloads.warning(routing, subnetIds).ifPresent(warnings::add);
            }
            return new Findings(network, bucket.get(), sorted(errors), sorted(warnings));
        }
    }

    /** The VPC of the subnets; another check reports several ones. */
    private static Optional<String> vpcId(List<Subnet> subnets) {
        return subnets.stream().map(Subnet::vpcId).findFirst();
    }

    /** Sorts, so that the order does not depend on which check finished first. */
    private static List<String> sorted(Collection<String> findings) {
        return findings.stream().distinct().sorted().toList();
    }

    /** Turns an error into a finding: without subnets there is no cluster. */
    private <T> T orReport(Supplier<T> check, T fallback) {
        try {
            return check.get();
        } catch (AwsException fault) {
            if (isFatal(fault)) {
                throw fault;
            }
            errors.add(fault.message());
            return fallback;
        }
    }

    private void orWarn(String subject, Runnable check) {
        orWarn(
                subject,
                () -> {
                    check.run();
                    return true;
                },
                false);
    }

    /** Turns an error into a warning: a check that is denied or unsupported does not block the creation. */
    private <T> T orWarn(String subject, Supplier<T> check, T fallback) {
        try {
            return check.get();
        } catch (AwsException fault) {
            if (isFatal(fault)) {
                throw fault;
            }
            warnings.add("Not checked: " + subject + ". " + fault.message());
            return fallback;
        }
    }

    private static boolean isFatal(AwsException fault) {
        return fault.is(
                AwsException.Kind.INVALID_CREDENTIALS,
                AwsException.Kind.EXPIRED_CREDENTIALS,
                AwsException.Kind.UNREACHABLE,
                AwsException.Kind.CONFIGURATION);
    }
}
