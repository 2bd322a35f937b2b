package org.emrelay.runner.platform.emr.preflight;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/**
 * Compares the vCPUs that the fleets need with the account's EC2 quotas.
 *
 * <p>Running instances are not counted, because that takes a listing of all instances of the account. The messages say so.
 */
record VcpuCheck(AwsContext aws, Cluster cluster, Consumer<String> errors, Consumer<String> warnings) {
    private static final List<Boolean> ON_DEMAND_AND_SPOT = List.of(false, true);

    /** The vCPUs needed with the instance types that need the fewest and the most. */
    record VcpuDemand(long min, long max) {
        VcpuDemand plus(VcpuDemand other) {
            return new VcpuDemand(min + other.min, max + other.max);
        }
    }

    /** Reports quotas that are or may be exceeded. */
    void check() {
        Map<String, Task<Optional<ServiceQuota>>> quotas = new LinkedHashMap<>();
        Map<String, Integer> vcpus;
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            for (boolean spot : ON_DEMAND_AND_SPOT) {
                fleetsByQuota(spot).keySet().forEach(family -> {
                    String code = family.code(spot);
                    quotas.put(code, tasks.start(() -> quota(code)));
                });
            }
            vcpus = quotas.isEmpty() ? Map.of() : new Ec2Queries(aws).vcpus(cluster.instanceTypes());
            tasks.awaitAll();
        }
        // In a fixed order, so that the reported failure does not depend on timing.
        quotas.values().forEach(Task::get);
        for (boolean spot : ON_DEMAND_AND_SPOT) {
            for (Map.Entry<VcpuQuota, VcpuDemand> entry :
                    demandByQuota(vcpus, spot).entrySet()) {
                Task<Optional<ServiceQuota>> quota =
                        Objects.requireNonNull(quotas.get(entry.getKey().code(spot)));
                quota.get().ifPresent(known -> compare(known, entry.getValue(), spot));
            }
        }
    }

    private Optional<ServiceQuota> quota(String code) {
        ServiceQuota quota = aws.callBriefly(
                        "get quota " + code,
                        () -> aws.clients()
                                .quotas()
                                .getServiceQuota(
                                        request -> request.serviceCode("ec2").quotaCode(code)))
                .quota();
        return Optional.ofNullable(quota).filter(known -> known.value() != null);
    }

    /** Omits fleets whose types fall under several quotas or an unknown one: how much they need of each is not known. */
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

    Map<VcpuQuota, VcpuDemand> demandByQuota(Map<String, Integer> vcpus, boolean spot) {
        Map<VcpuQuota, VcpuDemand> demands = new EnumMap<>(VcpuQuota.class);
        fleetsByQuota(spot)
                .forEach((quota, fleets) -> fleets.forEach(fleet -> demand(fleet, units(fleet, spot), vcpus)
                        .ifPresent(demand -> demands.merge(quota, demand, VcpuDemand::plus))));
        return demands;
    }

    private static Optional<VcpuDemand> demand(InstanceFleet fleet, int units, Map<String, Integer> vcpus) {
        LongSummaryStatistics totals = fleet.types().stream()
                .flatMapToLong(type -> Stream.ofNullable(vcpus.get(type.type()))
                        .mapToLong(perInstance -> perInstance * ((units + type.weight() - 1L) / type.weight())))
                .summaryStatistics();
        return totals.getCount() == 0
                ? Optional.empty()
                : Optional.of(new VcpuDemand(totals.getMin(), totals.getMax()));
    }

    private void compare(ServiceQuota quota, VcpuDemand demand, boolean spot) {
        long allowed = quota.value().longValue();
        String market = spot ? "Spot" : "On-Demand";
        String details = " but the quota of this account and region is " + allowed + " (" + quota.quotaName()
                + ", " + quota.quotaCode()
                + "), shared with running instances. Request an increase in Service Quotas, or"
                + " reduce the fleets.";
        if (demand.min() > allowed) {
            errors.accept("The fleets need at least " + demand.min() + " " + market + " vCPUs," + details);
        } else if (demand.max() > allowed) {
            warnings.accept("The fleets may need up to " + demand.max() + " " + market + " vCPUs," + details);
        }
    }
}
