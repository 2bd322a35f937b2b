package org.emrelay.runner.platform.aws.ec2;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.aws.client.AwsContext;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Looks at subnets and what leads out of them. No look waits for another: what is too much is left out afterwards. */
public final class Networks {
    private final AwsContext aws;

    public Networks(AwsContext aws) {
        this.aws = aws;
    }

    /** The subnets of these ids, or the default VPC's when none are given. */
    public List<Subnet> subnets(List<String> ids) {
        DescribeSubnetsRequest.Builder request = DescribeSubnetsRequest.builder();
        if (ids.isEmpty()) {
            request.filters(SecurityGroups.filter("default-for-az", "true"));
        } else {
            request.subnetIds(ids);
        }
        return aws.patience()
                .ask("look at the subnets", () -> aws.clients().ec2().describeSubnets(request.build()))
                .subnets();
    }

    public List<RouteTable> routeTables() {
        List<RouteTable> tables = new ArrayList<>();
        String token = null;
        do {
            DescribeRouteTablesRequest request =
                    DescribeRouteTablesRequest.builder().nextToken(token).build();
            DescribeRouteTablesResponse page = aws.patience()
                    .ask("look at the route tables", () -> aws.clients().ec2().describeRouteTables(request));
            tables.addAll(page.routeTables());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return tables;
    }

    /** The endpoints by which S3 is reached without the internet. */
    public List<VpcEndpoint> s3Endpoints() {
        DescribeVpcEndpointsRequest request = DescribeVpcEndpointsRequest.builder()
                .filters(SecurityGroups.filter(
                        "service-name", "com.amazonaws." + aws.clients().region() + ".s3"))
                .build();
        return aws.patience()
                .askBriefly(
                        "look at the VPC's endpoints", () -> aws.clients().ec2().describeVpcEndpoints(request))
                .vpcEndpoints();
    }
}
