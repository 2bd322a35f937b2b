package org.emrelay.runner.platform.aws.ec2;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.Pages;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Describes subnets, route tables and S3 endpoints. Calls are independent, so they can run in parallel; callers
 * filter the results.
 */
public final class VpcQueries {
    private final AwsContext aws;

    public VpcQueries(AwsContext aws) {
        this.aws = aws;
    }

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
        List<RouteTable> tables = new ArrayList<>();
        Pages.forEach(token -> {
            DescribeRouteTablesResponse page = aws.call(
                    "describe the route tables",
                    () -> aws.ec2().describeRouteTables(request -> request.nextToken(token)));
            tables.addAll(page.routeTables());
            return page.nextToken();
        });
        return tables;
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
}
