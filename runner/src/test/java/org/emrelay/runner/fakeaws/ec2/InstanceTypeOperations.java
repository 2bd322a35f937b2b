package org.emrelay.runner.fakeaws.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Describes instance types: offerings, attributes and spot prices. */
final class InstanceTypeOperations {
    private final Ec2State ec2;

    /** An instance type offered in a region or zone. */
    private record Offering(String type, String location) {}

    InstanceTypeOperations(Ec2State ec2) {
        this.ec2 = ec2;
    }

    void addTo(Operations operations) {
        operations
                .add("DescribeInstanceTypeOfferings", this::offerings)
                .add("DescribeInstanceTypes", this::types)
                .add("DescribeSpotPriceHistory", this::spotPrices);
    }

    private Fields offerings(Tree request) {
        String locationType = request.text("LocationType", "region");
        List<Offering> all = new ArrayList<>();
        for (InstanceTypes.Type type : ec2.instanceTypes.all()) {
            if (locationType.equals("region")) {
                all.add(new Offering(type.name(), ec2.identity.region()));
            } else {
                ec2.instanceTypes.zonesOf(type.name()).forEach(zone -> all.add(new Offering(type.name(), zone)));
            }
        }
        Filters<Offering> filters =
                Filters.<Offering>untagged().on("instance-type", Offering::type).on("location", Offering::location);
        Page<Offering> page = DescribeOperation.page(request, filters.apply(request, all));
        List<Fields> items = page.elements().stream()
                .map(offering -> Fields.of("instanceType", offering.type())
                        .and("locationType", locationType)
                        .and("location", offering.location()))
                .toList();
        return Fields.of("instanceTypeOfferingSet", items).and("nextToken", page.next());
    }

    private Fields types(Tree request) {
        List<String> unknown = request.texts("InstanceType").stream()
                .filter(type -> !ec2.instanceTypes.knows(type))
                .toList();
        if (!unknown.isEmpty()) {
            throw new AwsError(
                    400, "InvalidInstanceType", "The following supplied instance types do not exist: " + unknown);
        }
        DescribeOperation<InstanceTypes.Type> listing = new DescribeOperation<>(
                "instanceTypeSet",
                "InstanceType",
                InstanceTypes.Type::name,
                id -> new AwsError(400, "InvalidInstanceType", id),
                Filters.<InstanceTypes.Type>untagged()
                        .on("instance-type", InstanceTypes.Type::name)
                        .on("processor-info.supported-architecture", InstanceTypes.Type::architecture)
                        .on("current-generation", type -> String.valueOf(isCurrent(type))),
                InstanceTypeOperations::fields);
        return listing.describe(request, ec2.instanceTypes.all());
    }

    private static boolean isCurrent(InstanceTypes.Type type) {
        return !type.family().equals("m4");
    }

    private static Fields fields(InstanceTypes.Type type) {
        return Fields.of("instanceType", type.name())
                .and("currentGeneration", isCurrent(type))
                .and("supportedUsageClasses", List.of("on-demand", "spot"))
                .and("supportedRootDeviceTypes", List.of("ebs"))
                .and("bareMetal", false)
                .and("hypervisor", isCurrent(type) ? "nitro" : "xen")
                .and("processorInfo", Fields.of("supportedArchitectures", List.of(type.architecture())))
                .and(
                        "vCpuInfo",
                        Fields.of("defaultVCpus", type.cores()).and("defaultCores", Math.max(1, type.cores() / 2)))
                .and("memoryInfo", Fields.of("sizeInMiB", type.memoryMib()))
                .and("instanceStorageSupported", type.family().endsWith("d"));
    }

    private Fields spotPrices(Tree request) {
        List<String> types = request.texts("InstanceType");
        String zone = request.text("AvailabilityZone");
        List<Offering> all = new ArrayList<>();
        for (InstanceTypes.Type type : ec2.instanceTypes.all()) {
            if (types.isEmpty() || types.contains(type.name())) {
                ec2.instanceTypes.zonesOf(type.name()).stream()
                        .filter(each -> zone == null || zone.equals(each))
                        .forEach(each -> all.add(new Offering(type.name(), each)));
            }
        }
        Filters<Offering> filters = Filters.<Offering>untagged()
                .on("instance-type", Offering::type)
                .on("availability-zone", Offering::location)
                .on("product-description", offering -> "Linux/UNIX");
        List<Offering> matching = filters.apply(request, all);
        List<String> products = request.texts("ProductDescription");
        if (!products.isEmpty() && products.stream().noneMatch(product -> product.startsWith("Linux/UNIX"))) {
            matching = List.of();
        }
        Page<Offering> page = Page.of(matching, request.text("NextToken"), request.number("MaxResults", 1000));
        Instant timestamp = ec2.clock.instant().minusSeconds(1800);
        List<Fields> items = page.elements().stream()
                .map(offering -> Fields.of("instanceType", offering.type())
                        .and("productDescription", "Linux/UNIX")
                        .and("spotPrice", price(offering))
                        .and("timestamp", timestamp)
                        .and("availabilityZone", offering.location()))
                .toList();
        // On the last page, EC2 sends an empty token; other services omit it.
        return Fields.of("spotPriceHistorySet", items).and("nextToken", page.isLast() ? "" : page.marker());
    }

    private String price(Offering offering) {
        return ec2.instanceTypes.type(offering.type()).spotPrice().setScale(6).toPlainString();
    }
}
