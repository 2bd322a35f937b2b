package org.sparkpipelines.runner.platform.emr.preflight;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sparkpipelines.runner.model.Cluster;
import org.sparkpipelines.runner.model.FleetInstance;
import org.sparkpipelines.runner.model.InstanceFleet;
import org.sparkpipelines.runner.platform.emr.access.Aws;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/**
 * Compares the vCPUs that the fleets want with what the account may run at once. What runs already is not counted, for to read it takes a listing of all
 * of the account's machines: the sentences say so.
 */
final class VcpuCheck {
    private final Aws aws;
    private final Cluster cluster;

    /** From the choice of types that needs the fewest to the one that needs the most. */
    record Need(long least, long most) {
        Need plus(Need other) {
            return new Need(least + other.least, most + other.most);
        }
    }

    VcpuCheck(Aws aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** Tells what is more than allowed; true when nothing surely is. */
    boolean look(Consumer<String> error, Consumer<String> warning) {
        Map<String, Integer> vcpus = vcpus();
        boolean possible = true;
        for (boolean spot : new boolean[] {false, true}) {
            for (Map.Entry<VcpuQuota, Need> entry : needs(vcpus, spot).entrySet()) {
                possible &= compare(entry.getKey().code(spot), entry.getValue(), spot, error, warning);
            }
        }
        return possible;
    }

    private Map<String, Integer> vcpus() {
        List<String> types = cluster.fleets().stream()
                .flatMap(fleet -> fleet.types().stream())
                .map(FleetInstance::type)
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
    Map<VcpuQuota, Need> needs(Map<String, Integer> vcpus, boolean spot) {
        Map<VcpuQuota, Need> needs = new EnumMap<>(VcpuQuota.class);
        for (InstanceFleet fleet : cluster.fleets()) {
            int units = spot ? fleet.spotCapacity() : fleet.onDemandCapacity();
            Set<Optional<VcpuQuota>> quotas = fleet.types().stream()
                    .map(type -> VcpuQuota.of(type.type(), spot))
                    .collect(Collectors.toSet());
            if (units > 0 && quotas.size() == 1) {
                quotas.iterator()
                        .next()
                        .ifPresent(quota ->
                                need(fleet, units, vcpus).ifPresent(need -> needs.merge(quota, need, Need::plus)));
            }
        }
        return needs;
    }

    private static Optional<Need> need(InstanceFleet fleet, int units, Map<String, Integer> vcpus) {
        List<Long> possible = new ArrayList<>();
        for (FleetInstance type : fleet.types()) {
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

    private boolean compare(String code, Need need, boolean spot, Consumer<String> error, Consumer<String> warning) {
        ServiceQuota quota = aws.patience()
                .askBriefly(
                        "look at the quota " + code,
                        () -> aws.clients()
                                .quotas()
                                .getServiceQuota(
                                        request -> request.serviceCode("ec2").quotaCode(code)))
                .quota();
        long allowed = quota.value().longValue();
        String machines = spot ? "spot machines" : "on-demand machines";
        String rest = " of which this account may run " + allowed + " at once in this region (" + quota.quotaName()
                + ", " + code + "), those that run already among them. Ask for more in the console's Service Quotas, or"
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
