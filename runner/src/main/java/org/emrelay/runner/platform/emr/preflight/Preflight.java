package org.emrelay.runner.platform.emr.preflight;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.Network;
import org.emrelay.runner.platform.aws.ec2.Networks;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Looks, before anything is created, for everything that would make the creation fail; all looks go side by side and all problems are told at once. */
public final class Preflight {
    private final AwsContext aws;
    private final Cluster cluster;
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

    public Preflight(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /**
     * Looks at everything at once.
     *
     * @param names those that will be used; the account's number in them is not known yet
     */
    public Findings look(ResourceNames names) {
        Networks networks = new Networks(aws);
        InstanceTypeOfferings offerings = new InstanceTypeOfferings(aws, cluster);
        AccountChecks account = new AccountChecks(aws, cluster);
        try (ParallelTasks work = new ParallelTasks(false)) {
            Task<List<Subnet>> subnets = work.start(
                    () -> orTell(() -> networks.subnets(cluster.network().subnets()), List.of()));
            Task<List<RouteTable>> routes = work.start(() -> orWarn(
                    "whether the subnets are public, other than by whether they give public addresses",
                    networks::routeTables,
                    List.of()));
            Task<List<VpcEndpoint>> endpoints =
                    work.start(() -> orWarn("the VPC's endpoints", networks::s3Endpoints, List.of()));
            Task<Optional<Set<InstanceTypeOfferings.Offer>>> offers =
                    work.start(() -> orWarn("which machines are offered", offerings::look, Optional.empty()));
            NameConflictCheck free = new NameConflictCheck(aws, cluster, names);
            Task<Boolean> bucket =
                    work.start(() -> orWarn("the buckets that are there", () -> free.bucket(errors::add), true));
            ExistingResourcesCheck given = new ExistingResourcesCheck(aws, cluster);
            Task<Optional<Map<String, String>>> groups =
                    work.start(() -> orWarn("the given security groups", given::vpcs, Optional.empty()));
            work.run(() ->
                    orWarn("the given security configuration", () -> given.securityConfiguration(errors::add), false));
            VcpuCheck vcpus = new VcpuCheck(aws, cluster);
            work.run(() -> orWarn("the vCPU quotas", () -> vcpus.look(errors::add, warnings::add), false));
            work.run(() -> orWarn("the release labels", () -> account.release(errors::add), false));
            work.run(() -> orWarn("whether EMR blocks public access", () -> account.publicAccess(errors::add), false));
            work.run(() -> orWarn("the given roles", () -> account.givenRoles(errors::add), false));
            if (!names.areOnlyShown()) {
                startNames(work, free);
            }
            work.run(() -> orWarn("the given bucket", () -> account.givenBucket(errors::add), false));
            work.finish();
            String vpc = subnets.get().isEmpty() ? null : subnets.get().get(0).vpcId();
            groups.get().ifPresent(vpcs -> given.judge(vpcs, vpc, errors::add));
            NetworkCheck check = new NetworkCheck(
                    cluster, new Network(subnets.get(), routes.get(), endpoints.get()), errors::add, warnings::add);
            VpcSubnets network = errors.isEmpty() || !subnets.get().isEmpty()
                    ? check.facts(offers.get()).orElse(null)
                    : null;
            return new Findings(network, bucket.get(), inOneOrder(errors), inOneOrder(warnings));
        }
    }

    /** Whichever look was answered first, the same findings read the same. */
    private static List<String> inOneOrder(Collection<String> findings) {
        return findings.stream().distinct().sorted().toList();
    }

    private void startNames(ParallelTasks work, NameConflictCheck free) {
        work.run(() -> orWarn("the names of roles", () -> free.serviceRole(errors::add), false));
        work.run(() -> orWarn("the names of roles", () -> free.nodeRole(errors::add), false));
        work.run(() -> orWarn("the names of profiles", () -> free.profile(errors::add), false));
    }

    /** Without subnets there is no cluster. */
    private <T> T orTell(Supplier<T> look, T otherwise) {
        try {
            return look.get();
        } catch (AwsException fault) {
            if (endsEverything(fault)) {
                throw fault;
            }
            errors.add(fault.sentence());
            return otherwise;
        }
    }

    /** What may not be read, or what the server does not know, hinders nobody. */
    private <T> T orWarn(String what, Supplier<T> look, T otherwise) {
        try {
            return look.get();
        } catch (AwsException fault) {
            if (endsEverything(fault)) {
                throw fault;
            }
            warnings.add("Not checked: " + what + ". " + fault.sentence());
            return otherwise;
        }
    }

    private static boolean endsEverything(AwsException fault) {
        return fault.is(AwsException.Kind.CREDENTIALS)
                || fault.is(AwsException.Kind.EXPIRED)
                || fault.is(AwsException.Kind.UNREACHABLE)
                || fault.is(AwsException.Kind.SETTINGS);
    }
}
