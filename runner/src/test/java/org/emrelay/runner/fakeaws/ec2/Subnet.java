package org.emrelay.runner.fakeaws.ec2;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;

/** A subnet in one zone. Its route table decides whether it is public. */
public final class Subnet {
    final String id;
    final String vpc;
    final String zone;
    final String cidr;
    final boolean isDefault;
    boolean assignsPublicAddresses;
    final Map<String, String> tags = new LinkedHashMap<>();

    Subnet(String id, String vpc, String zone, String cidr, boolean isDefault) {
        this.id = id;
        this.vpc = vpc;
        this.zone = zone;
        this.cidr = cidr;
        this.isDefault = isDefault;
        this.assignsPublicAddresses = isDefault;
    }

    public String id() {
        return id;
    }

    public String zone() {
        return zone;
    }

    public String vpc() {
        return vpc;
    }

    Fields fields(String account, String arn) {
        return Fields.of("subnetId", id)
                .and("subnetArn", arn)
                .and("ownerId", account)
                .and("state", "available")
                .and("vpcId", vpc)
                .and("cidrBlock", cidr)
                .and("availableIpAddressCount", 4091)
                .and("availabilityZone", zone)
                .and("availabilityZoneId", "use1-az" + (zone.charAt(zone.length() - 1) - 'a' + 1))
                .and("defaultForAz", isDefault)
                .and("mapPublicIpOnLaunch", assignsPublicAddresses)
                .and("tagSet", Fields.tags(tags, "key", "value"));
    }
}
