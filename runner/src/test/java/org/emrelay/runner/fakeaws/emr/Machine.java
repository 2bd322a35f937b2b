package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.jspecify.annotations.Nullable;

/** One EC2 instance of a fleet. */
final class Machine {
    final String id;
    final String ec2Id;
    final String type;
    final boolean spot;
    final int weight;
    final Instant created;
    final int number;
    String state = "PROVISIONING";

    @Nullable
    Instant ready;

    @Nullable
    Instant ended;

    Machine(String id, String ec2Id, String type, boolean spot, int weight, Instant created, int number) {
        this.id = id;
        this.ec2Id = ec2Id;
        this.type = type;
        this.spot = spot;
        this.weight = weight;
        this.created = created;
        this.number = number;
    }

    String privateDns() {
        return "ip-172-31-0-" + (number + 10) + ".ec2.internal";
    }

    Fields fields(String fleet) {
        Fields status = Fields.of("State", state)
                .and("StateChangeReason", reason())
                .and(
                        "Timeline",
                        Fields.of("CreationDateTime", created)
                                .and("ReadyDateTime", ready)
                                .and("EndDateTime", ended));
        return Fields.of("Id", id)
                .and("Ec2InstanceId", ec2Id)
                .and("PublicDnsName", "")
                .and("PrivateDnsName", privateDns())
                .and("PrivateIpAddress", "172.31.0." + (number + 10))
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
