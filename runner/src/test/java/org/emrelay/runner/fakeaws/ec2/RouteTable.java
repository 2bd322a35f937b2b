package org.emrelay.runner.fakeaws.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;

/** A VPC's main route table, or one associated with subnets. */
final class RouteTable {
    final String id;
    final String vpc;
    final boolean main;
    final List<String> subnets = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final Map<String, String> tags = new LinkedHashMap<>();

    /** A route. The target key names the kind of target: {@code gatewayId}, {@code natGatewayId} … */
    record Route(String destination, String targetKey, String target) {
        Fields fields() {
            String key = destination.startsWith("pl-") ? "destinationPrefixListId" : "destinationCidrBlock";
            return Fields.of(key, destination)
                    .and(targetKey, target)
                    .and("state", "active")
                    .and("origin", target.equals("local") ? "CreateRouteTable" : "CreateRoute");
        }
    }

    RouteTable(String id, String vpc, String cidr, boolean main) {
        this.id = id;
        this.vpc = vpc;
        this.main = main;
        routes.add(new Route(cidr, "gatewayId", "local"));
    }

    Fields fields(String account) {
        List<Fields> associations = new ArrayList<>();
        if (main) {
            associations.add(association("").and("main", true));
        }
        subnets.forEach(subnet ->
                associations.add(association(subnet).and("subnetId", subnet).and("main", false)));
        return Fields.of("routeTableId", id)
                .and("vpcId", vpc)
                .and("ownerId", account)
                .and("routeSet", routes.stream().map(Route::fields).toList())
                .and("associationSet", associations)
                .and("propagatingVgwSet", List.of())
                .and("tagSet", Fields.tags(tags, "key", "value"));
    }

    private Fields association(String subnet) {
        return Fields.of("routeTableAssociationId", "rtbassoc-" + id.substring(4) + subnet.replace("subnet-", ""))
                .and("routeTableId", id)
                .and("associationState", Fields.of("state", "associated"));
    }
}
