package org.emrelay.runner.fakeaws.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** What one rule allows: a protocol, ports, and one peer. */
record Permission(String protocol, int from, int to, Kind kind, String peer) {
    /** Who the peer of a rule is. */
    enum Kind {
        GROUP("groups", "groupId", "Groups", "GroupId"),
        CIDR("ipRanges", "cidrIp", "IpRanges", "CidrIp"),
        CIDR6("ipv6Ranges", "cidrIpv6", "Ipv6Ranges", "CidrIpv6"),
        PREFIX_LIST("prefixListIds", "prefixListId", "PrefixListIds", "PrefixListId");

        final String list;
        final String field;
        final String requestList;
        final String requestField;

        Kind(String list, String field, String requestList, String requestField) {
            this.list = list;
            this.field = field;
            this.requestList = requestList;
            this.requestField = requestField;
        }
    }

    /** A permission, and what is written beside it, which does not tell two apart. */
    record Described(Permission permission, @Nullable String description) {}

    Permission {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(peer, "peer");
    }

    static Permission all(Kind kind, String peer) {
        return new Permission("-1", -1, -1, kind, peer);
    }

    /** All that a request names, each peer a permission of its own. */
    static List<Described> of(Tree request) {
        List<Described> found = new ArrayList<>();
        for (Tree each : request.trees("IpPermissions")) {
            addFrom(each, found);
        }
        if (request.has("CidrIp")) {
            Permission permission = checked(request, Kind.CIDR, request.text("CidrIp", ""));
            found.add(new Described(permission, null));
        }
        return found;
    }

    private static void addFrom(Tree each, List<Described> found) {
        for (Kind kind : Kind.values()) {
            for (Tree peer : each.trees(kind.requestList)) {
                Permission permission = checked(each, kind, peer.text(kind.requestField, ""));
                found.add(new Described(permission, peer.text("Description")));
            }
        }
    }

    private static Permission checked(Tree each, Kind kind, String peer) {
        String protocol = protocol(each.text("IpProtocol", ""));
        if (kind == Kind.CIDR && !peer.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}")) {
            throw new AwsError(400, "InvalidParameterValue", "CIDR block " + peer + " is malformed");
        }
        if (protocol.equals("-1")) {
            return all(kind, peer);
        }
        int from = each.number("FromPort", Integer.MIN_VALUE);
        int to = each.number("ToPort", Integer.MIN_VALUE);
        boolean ports = protocol.equals("tcp") || protocol.equals("udp");
        if (ports && (from < 0 || to < from || to > 65535)) {
            throw new AwsError(
                    400,
                    "InvalidParameterValue",
                    "Invalid value for portRange. Must specify both from and to ports with "
                            + protocol.toUpperCase(Locale.ROOT) + ".");
        }
        return new Permission(protocol, from, to, kind, peer);
    }

    private static String protocol(String raw) {
        return switch (raw.toLowerCase(Locale.ROOT)) {
            case "tcp", "6" -> "tcp";
            case "udp", "17" -> "udp";
            case "icmp", "1" -> "icmp";
            case "-1", "all" -> "-1";
            default ->
                throw new AwsError(
                        400, "InvalidParameterValue", "Invalid value '" + raw + "' for IP protocol. Unknown protocol.");
        };
    }

    boolean isOfGroup(String groupId) {
        return kind == Kind.GROUP && peer.equals(groupId);
    }

    /** As AWS names it when it is there already. */
    String sentence() {
        String ports = protocol.equals("-1")
                ? "ALL"
                : protocol.toUpperCase(Locale.ROOT) + ", from port: " + from + ", to port: " + to;
        return "peer: " + peer + ", " + ports + ", ALLOW";
    }

    /** As one element of {@code ipPermissions}; EC2 puts the peers of equal ports together, which no reader may rely on. */
    Fields fields(String account, @Nullable String description) {
        Fields fields = Fields.of("ipProtocol", protocol);
        if (!protocol.equals("-1")) {
            fields.and("fromPort", from).and("toPort", to);
        }
        for (Kind each : Kind.values()) {
            fields.and(each.list, each == kind ? List.of(peerFields(account, description)) : List.of());
        }
        return fields;
    }

    private Fields peerFields(String account, @Nullable String description) {
        Fields fields = Fields.of(kind.field, peer).and("description", description);
        return kind == Kind.GROUP ? fields.and("userId", account) : fields;
    }
}
