package org.emrelay.runner.platform.emr.preflight;

import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/**
 * Warns of a VPC whose nodes may not resolve host names.
 *
 * <p>Amazon's DNS server resolves the private names of instances only with both attributes. A call describes one of them.
 */
record VpcDnsCheck(AwsContext aws, Consumer<String> warnings) {
    void checkResolution(String vpcId) {
        if (isOff(describe(vpcId, VpcAttributeName.ENABLE_DNS_SUPPORT).enableDnsSupport())) {
            warnings.accept("The VPC " + vpcId + " has DNS resolution switched off (enableDnsSupport). Unless its DHCP"
                    + " options name a DNS server, nodes can resolve neither each other's names nor those of AWS's"
                    + " endpoints, so the cluster may fail to start. "
                    + remedy(vpcId, "--enable-dns-support"));
        }
    }

    void checkHostnames(String vpcId) {
        if (isOff(describe(vpcId, VpcAttributeName.ENABLE_DNS_HOSTNAMES).enableDnsHostnames())) {
            warnings.accept("The VPC " + vpcId + " has DNS hostnames switched off (enableDnsHostnames). Unless a DNS"
                    + " server of its DHCP options resolves them, nodes cannot resolve each other's names, so the"
                    + " cluster may fail to start. " + remedy(vpcId, "--enable-dns-hostnames"));
        }
    }

    private DescribeVpcAttributeResponse describe(String vpcId, VpcAttributeName attribute) {
        return aws.callBriefly(
                "describe the DNS attributes of " + vpcId,
                () -> aws.ec2()
                        .describeVpcAttribute(request -> request.vpcId(vpcId).attribute(attribute)));
    }

    private static boolean isOff(AttributeBooleanValue attribute) {
        return attribute != null && Boolean.FALSE.equals(attribute.value());
    }

    private static String remedy(String vpcId, String option) {
        return "Switch it on with: aws ec2 modify-vpc-attribute --vpc-id " + vpcId + " " + option;
    }
}
