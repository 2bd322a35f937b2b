package org.emrelay.runner.platform.emr.preflight;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/**
 * Compares the vCPUs that the fleets want with what the account may run at once. What runs already is not counted, for to read it takes a listing of all
 * of the account's machines: the sentences say so.
 */
final class VcpuCheck {
    private static final List<Boolean> EACH_MARKET = List.of(false, true);

    private final AwsContext aws;
    private final Cluster cluster;

    /** From the choice of types that needs the fewest to the one that needs the most. */
    record Need(long least, long most) {
        Need plus(Need other) {
            return new Need(least + other.least, most + other.most);
        }
    }

    VcpuCheck(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** Tells what is more than allowed; true when nothing surely is. */
    boolean look(Consumer<String> error, Consumer<String> warning) {
        Map<String, Task<Optional<ServiceQuota>>> quotas = new LinkedHashMap<>();
        Map<String, Integer> vcpus;
        try (ParallelTasks work = new ParallelTasks(false)) {
            for (boolean spot : EACH_MARKET) {
                fleetsByQuota(spot).keySet().forEach(family -> {
                    String code = family.code(spot);
                    quotas.put(code, work.start(() -> quota(code)));
                });
            }
            vcpus = quotas.isEmpty() ? Map.of() : vcpus();
            work.settle();
        }
        // In their order: whichever failed first, the same failure is told.
        quotas.values().forEach(Task::get);
        boolean possible = true;
        for (boolean spot : EACH_MARKET) {
            for (Map.Entry<VcpuQuota, Need> entry : needs(vcpus, spot).entrySet()) {
                Task<Optional<ServiceQuota>> quota =
                        Objects.requireNonNull(quotas.get(entry.getKey().code(spot)));
                possible &= quota.get()
                        .map(known -> compare(known, entry.getValue(), spot, error, warning))
                        .orElse(true);
            }
        }
        return possible;
    }

    private Optional<ServiceQuota> quota(String code) {
        ServiceQuota quota = aws.patience()
                .askBriefly(
                        "look at the quota " + code,
                        () -> aws.clients()
                                .quotas()
                                .getServiceQuota(
                                        request -> request.serviceCode("ec2").quotaCode(code)))
                .quota();
        return Optional.ofNullable(quota).filter(known -> known.value() != null);
    }

    private Map<String, Integer> vcpus() {
        List<String> types = cluster.fleets().stream()
                .flatMap(fleet -> fleet.types().stream())
                .map(InstanceTypeConfig::type)
                .distinct()
                .toList();
        Map<String, Integer> vcpus = new HashMap<>();
        String token = null;
        do {
            // By a filter: a type that EC2 does not know fails a request that names it, and another look tells that.
            DescribeInstanceTypesRequest request = DescribeInstanceTypesRequest.builder()
                    .filters(
                            Filter.builder().name("instance-type").values(types).build())
                    .nextToken(token)
                    .build();
            DescribeInstanceTypesResponse page = aws.patience()
                    .askBriefly(
                            "look at the machines' vCPUs",
                            () -> aws.clients().ec2().describeInstanceTypes(request));
            page.instanceTypes()
                    .forEach(type -> vcpus.put(
                            type.instanceTypeAsString(), type.vCpuInfo().defaultVCpus()));
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return vcpus;
    }

    /** A fleet whose types fall under several limits, or one that is not known here, is left out: nobody knows what it takes of each. */
    private Map<VcpuQuota, List<InstanceFleet>> fleetsByQuota(boolean spot) {
        Map<VcpuQuota, List<InstanceFleet>> fleets = new EnumMap<>(VcpuQuota.class);
        for (InstanceFleet fleet : cluster.fleets()) {
            Set<Optional<VcpuQuota>> quotas = fleet.types().stream()
                    .map(type -> VcpuQuota.of(type.type(), spot))
                    .collect(Collectors.toSet());
            if (units(fleet, spot) > 0 && quotas.size() == 1) {
                quotas.iterator()
                        .next()
                        .ifPresent(quota -> fleets.computeIfAbsent(quota, none -> new ArrayList<>())
                                .add(fleet));
            }
        }
        return fleets;
    }

    private static int units(InstanceFleet fleet, boolean spot) {
        return spot ? fleet.spotCapacity() : fleet.onDemandCapacity();
    }

    Map<VcpuQuota, Need> needs(Map<String, Integer> vcpus, boolean spot) {
        Map<VcpuQuota, Need> needs = new EnumMap<>(VcpuQuota.class);
        fleetsByQuota(spot)
                .forEach((quota, fleets) -> fleets.forEach(fleet -> need(fleet, units(fleet, spot), vcpus)
                        .ifPresent(need -> needs.merge(quota, need, Need::plus))));
        return needs;
    }

    private static Optional<Need> need(InstanceFleet fleet, int units, Map<String, Integer> vcpus) {
        List<Long> possible = new ArrayList<>();
        for (InstanceTypeConfig type : fleet.types()) {
            Integer each = vcpus.get(type.type());
            if (each != null) {
                possible.add(each * ((units + type.weight() - 1L) / type.weight()));
            }
        }
        return possible.isEmpty()
                ? Optional.empty()
                : Optional.of(new Need(
                        possible.stream().mapToLong(Long::longValue).min().orElseThrow(),
                        possible.stream().mapToLong(Long::longValue).max().orElseThrow()));
    }

    private static boolean compare(
            ServiceQuota quota, Need need, boolean spot, Consumer<String> error, Consumer<String> warning) {
        long allowed = quota.value().longValue();
        String machines = spot ? "spot machines" : "on-demand machines";
        String rest = " of which this account may run " + allowed + " at once in this region (" + quota.quotaName()
                + ", " + quota.quotaCode()
                + "), those that run already among them. Ask for more in the console's Service Quotas, or"
                + " make the fleets smaller.";
        if (need.least() > allowed) {
            error.accept("The fleets' " + machines + " need at least " + need.least() + " vCPUs," + rest);
            return false;
        } else if (need.most() > allowed) {
            warning.accept("The fleets' " + machines + " may need up to " + need.most() + " vCPUs," + rest);
        }
        return true;
    }
}
