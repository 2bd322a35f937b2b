package org.emrelay.runner.fakeaws.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** What one rule allows: a protocol, a port range and one peer. */
record Permission(String protocol, int from, int to, PeerType peerType, String peer) {
    /** The type of a peer. */
    enum PeerType {
        GROUP("groups", "groupId", "Groups", "GroupId"),
        CIDR("ipRanges", "cidrIp", "IpRanges", "CidrIp"),
        CIDR6("ipv6Ranges", "cidrIpv6", "Ipv6Ranges", "CidrIpv6"),
        PREFIX_LIST("prefixListIds", "prefixListId", "PrefixListIds", "PrefixListId");

        final String responseList;
        final String responseField;
        final String requestList;
        final String requestField;

        PeerType(String responseList, String responseField, String requestList, String requestField) {
            this.responseList = responseList;
            this.responseField = responseField;
            this.requestList = requestList;
            this.requestField = requestField;
        }
    }

    /** A permission and its description, which is not part of its identity. */
    record WithDescription(Permission permission, @Nullable String description) {}

    Permission {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(peerType, "peerType");
        Objects.requireNonNull(peer, "peer");
    }

    static Permission all(PeerType peerType, String peer) {
        return new Permission("-1", -1, -1, peerType, peer);
    }

    /** The permissions of a request, one per peer. */
    static List<WithDescription> fromRequest(Tree request) {
        List<WithDescription> permissions = new ArrayList<>();
        for (Tree each : request.trees("IpPermissions")) {
            addFrom(each, permissions);
        }
        if (request.has("CidrIp")) {
            Permission permission = validated(request, PeerType.CIDR, request.text("CidrIp", ""));
            permissions.add(new WithDescription(permission, null));
        }
        return permissions;
    }

    private static void addFrom(Tree each, List<WithDescription> permissions) {
        for (PeerType peerType : PeerType.values()) {
            for (Tree peer : each.trees(peerType.requestList)) {
                Permission permission = validated(each, peerType, peer.text(peerType.requestField, ""));
                permissions.add(new WithDescription(permission, peer.text("Description")));
            }
        }
    }

    private static Permission validated(Tree each, PeerType peerType, String peer) {
        String protocol = protocol(each.text("IpProtocol", ""));
        if (peerType == PeerType.CIDR && !peer.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}")) {
            throw new AwsError(400, "InvalidParameterValue", "CIDR block " + peer + " is malformed");
        }
        if (protocol.equals("-1")) {
            return all(peerType, peer);
        }
        int from = each.number("FromPort", Integer.MIN_VALUE);
        int to = each.number("ToPort", Integer.MIN_VALUE);
        boolean hasPorts = protocol.equals("tcp") || protocol.equals("udp");
        if (hasPorts && (from < 0 || to < from || to > 65535)) {
            throw new AwsError(
                    400,
                    "InvalidParameterValue",
                    "Invalid value for portRange. Must specify both from and to ports with "
                            + protocol.toUpperCase(Locale.ROOT) + ".");
        }
        return new Permission(protocol, from, to, peerType, peer);
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

    boolean allowsGroup(String groupId) {
        return peerType == PeerType.GROUP && peer.equals(groupId);
    }

    /** The text that AWS shows in InvalidPermission.Duplicate. */
    String text() {
        String hasPorts = protocol.equals("-1")
                ? "ALL"
                : protocol.toUpperCase(Locale.ROOT) + ", from port: " + from + ", to port: " + to;
        return "peer: " + peer + ", " + hasPorts + ", ALLOW";
    }

    /** An element of {@code ipPermissions}. Real EC2 groups the peers of equal ports; clients must not rely on it. */
    Fields fields(String account, @Nullable String description) {
        Fields fields = Fields.of("ipProtocol", protocol);
        if (!protocol.equals("-1")) {
            fields.and("fromPort", from).and("toPort", to);
        }
        for (PeerType each : PeerType.values()) {
            fields.and(each.responseList, each == peerType ? List.of(peerFields(account, description)) : List.of());
        }
        return fields;
    }

    private Fields peerFields(String account, @Nullable String description) {
        Fields fields = Fields.of(peerType.responseField, peer).and("description", description);
        return peerType == PeerType.GROUP ? fields.and("userId", account) : fields;
    }
}
