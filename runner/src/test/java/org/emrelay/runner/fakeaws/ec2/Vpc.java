package org.emrelay.runner.fakeaws.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.fakeaws.wire.Fields;

/** A VPC. */
public final class Vpc {
    final String id;
    final String cidr;
    final boolean isDefault;
    final Map<String, String> tags = new LinkedHashMap<>();

    /** The DNS attributes that are switched off: {@code enableDnsSupport}, {@code enableDnsHostnames}. */
    final Set<String> disabledDns = new TreeSet<>();

    Vpc(String id, String cidr, boolean isDefault) {
        this.id = id;
        this.cidr = cidr;
        this.isDefault = isDefault;
    }

    public String id() {
        return id;
    }

    Fields fields(String account) {
        Fields block = Fields.of("associationId", "vpc-cidr-assoc-" + id.substring(4))
                .and("cidrBlock", cidr)
                .and("cidrBlockState", Fields.of("state", "associated"));
        return Fields.of("vpcId", id)
                .and("ownerId", account)
                .and("state", "available")
                .and("cidrBlock", cidr)
                .and("cidrBlockAssociationSet", List.of(block))
                .and("dhcpOptionsId", "dopt-0a1b2c3d4e5f60718")
                .and("instanceTenancy", "default")
                .and("isDefault", isDefault)
                .and("tagSet", Fields.tags(tags, "key", "value"));
    }
}
