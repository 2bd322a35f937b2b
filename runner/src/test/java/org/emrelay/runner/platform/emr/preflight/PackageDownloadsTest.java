package org.emrelay.runner.platform.emr.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.ec2.SubnetRouting;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Packages that the nodes of a cluster may not be able to download. */
final class PackageDownloadsTest {
    private static final List<Subnet> SUBNETS = Stream.of("subnet-a", "subnet-b", "subnet-unused")
            .map(id -> Subnet.builder().subnetId(id).vpcId("vpc-1").build())
            .toList();

    /** The main route table of the VPC, without a default route. */
    private static final RouteTable LOCAL_ONLY = RouteTable.builder()
            .routeTableId("rtb-1")
            .vpcId("vpc-1")
            .associations(RouteTableAssociation.builder().main(true).build())
            .build();

    private static final PackageDownloads DOWNLOADS = new PackageDownloads(List.of("step 'a'"));

    @Test
    void namesTheSubnetsOfTheClusterWithoutARouteToTheInternet() {
        SubnetRouting routing = new SubnetRouting(SUBNETS, List.of(LOCAL_ONLY), List.of());

        assertThat(DOWNLOADS.warning(routing, List.of("subnet-a", "subnet-b")))
                .contains("The private subnets subnet-a, subnet-b have no route to the internet, but packages are"
                        + " downloaded by step 'a'. spark-submit waits for Maven Central for minutes, and then the step"
                        + " fails. Add a NAT gateway to the route table, or list the packages' jars in \"jars\".");
        assertThat(PackageDownloads.NONE.warning(routing, List.of("subnet-a"))).isEmpty();
    }

    @Test
    void doesNotWarnIfRouteTablesCannotBeRead() {
        SubnetRouting routing = new SubnetRouting(SUBNETS, List.of(), List.of());

        assertThat(DOWNLOADS.warning(routing, List.of("subnet-a"))).isEmpty();
    }
}
