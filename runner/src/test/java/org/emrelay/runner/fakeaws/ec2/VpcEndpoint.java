package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;

/** A VPC endpoint: private access from a VPC to one AWS service. */
record VpcEndpoint(String id, String vpc, String service, String type, List<String> routeTables, String policy) {
    VpcEndpoint {
        routeTables = List.copyOf(routeTables);
    }

    Fields fields(String account) {
        return Fields.of("vpcEndpointId", id)
                .and("vpcEndpointType", type)
                .and("vpcId", vpc)
                .and("serviceName", service)
                .and("state", "available")
                .and("ownerId", account)
                .and("routeTableIdSet", routeTables)
                .and("policyDocument", policy);
    }
}
