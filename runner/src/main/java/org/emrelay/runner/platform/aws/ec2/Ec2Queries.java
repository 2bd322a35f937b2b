package org.emrelay.runner.platform.aws.ec2;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.aws.client.AwsContext;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.paginators.DescribeInstanceTypeOfferingsIterable;
import software.amazon.awssdk.services.ec2.paginators.DescribeInstanceTypesIterable;

/**
 * Describes subnets, route tables, S3 endpoints and instance types. Calls are independent, so they can run in
 * parallel; callers filter the results.
 */
public record Ec2Queries(AwsContext aws) {
    /** An instance type offered in an availability zone. */
    public record Offering(String type, String zone) {}

    /** The subnets with these IDs, or those of the default VPC when there are none. */
    public List<Subnet> subnets(List<String> ids) {
        DescribeSubnetsRequest.Builder request = DescribeSubnetsRequest.builder();
        if (ids.isEmpty()) {
            request.filters(SecurityGroups.filter("default-for-az", "true"));
        } else {
            request.subnetIds(ids);
        }
        return aws.call("describe the subnets", () -> aws.ec2().describeSubnets(request.build()))
                .subnets();
    }

    public List<RouteTable> routeTables() {
        return aws.pages("describe the route tables", aws.ec2().describeRouteTablesPaginator())
                .flatMap(page -> page.routeTables().stream())
                .toList();
    }

    /** The VPC endpoints of S3 in the region. */
    public List<VpcEndpoint> s3Endpoints() {
        DescribeVpcEndpointsRequest request = DescribeVpcEndpointsRequest.builder()
                .filters(SecurityGroups.filter(
                        "service-name", "com.amazonaws." + aws.clients().region() + ".s3"))
                .build();
        return aws.callBriefly("describe the VPC endpoints", () -> aws.ec2().describeVpcEndpoints(request))
                .vpcEndpoints();
    }

    /** The availability zones of the region in which EC2 offers these instance types. */
    public Set<Offering> offerings(List<String> types) {
        DescribeInstanceTypeOfferingsIterable offerings = aws.ec2()
                .describeInstanceTypeOfferingsPaginator(request ->
                        request.locationType(LocationType.AVAILABILITY_ZONE).filters(ofTypes(types)));
        return AwsContext.pages(offerings, page -> aws.callBriefly("describe the instance type offerings", page))
                .flatMap(page -> page.instanceTypeOfferings().stream())
                .map(offering -> new Offering(offering.instanceTypeAsString(), offering.location()))
                .collect(Collectors.toSet());
    }

    /** The number of vCPUs of each of these instance types that exists. */
    public Map<String, Integer> vcpus(List<String> types) {
        DescribeInstanceTypesIterable described =
                aws.ec2().describeInstanceTypesPaginator(request -> request.filters(ofTypes(types)));
        return AwsContext.pages(described, page -> aws.callBriefly("describe the instance types", page))
                .flatMap(page -> page.instanceTypes().stream())
                .filter(type -> type.vCpuInfo() != null && type.vCpuInfo().defaultVCpus() != null)
                .collect(Collectors.toMap(
                        InstanceTypeInfo::instanceTypeAsString,
                        type -> type.vCpuInfo().defaultVCpus(),
                        (first, repeated) -> first));
    }

    /** A filter, because EC2 rejects a list of type names with an unknown one. Another check reports that. */
    private static Filter ofTypes(List<String> types) {
        return SecurityGroups.filter("instance-type", types.toArray(String[]::new));
    }
}
