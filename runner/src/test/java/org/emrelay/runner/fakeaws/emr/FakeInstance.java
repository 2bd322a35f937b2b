package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.jspecify.annotations.Nullable;

/** An EC2 instance of a fleet. */
final class FakeInstance {
    final String id;
    final String ec2InstanceId;
    final String type;
    final boolean spot;
    final int weight;
    final Instant createdAt;
    final int ordinal;
    String state = "PROVISIONING";

    @Nullable
    Instant readyAt;

    @Nullable
    Instant endedAt;

    FakeInstance(
            String id, String ec2InstanceId, String type, boolean spot, int weight, Instant createdAt, int ordinal) {
        this.id = id;
        this.ec2InstanceId = ec2InstanceId;
        this.type = type;
        this.spot = spot;
        this.weight = weight;
        this.createdAt = createdAt;
        this.ordinal = ordinal;
    }

    String privateDns() {
        return "ip-172-31-0-" + (ordinal + 10) + ".ec2.internal";
    }

    Fields fields(String fleet) {
        Fields status = Fields.of("State", state)
                .and("StateChangeReason", reason())
                .and(
                        "Timeline",
                        Fields.of("CreationDateTime", createdAt)
                                .and("ReadyDateTime", readyAt)
                                .and("EndDateTime", endedAt));
        return Fields.of("Id", id)
                .and("Ec2InstanceId", ec2InstanceId)
                .and("PublicDnsName", "")
                .and("PrivateDnsName", privateDns())
                .and("PrivateIpAddress", "172.31.0." + (ordinal + 10))
                .and("Status", status)
                .and("InstanceFleetId", fleet)
                .and("Market", spot ? "SPOT" : "ON_DEMAND")
                .and("InstanceType", type)
                .and("EbsVolumes", List.of());
    }

    private Fields reason() {
        return state.equals("TERMINATED")
                ? Fields.of("Code", "CLUSTER_TERMINATED").and("Message", "Instance was terminated.")
                : Fields.none();
    }
}
