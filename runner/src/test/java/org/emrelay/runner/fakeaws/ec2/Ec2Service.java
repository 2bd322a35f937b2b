package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.Ec2QueryService;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Service;

/** The fake EC2, limited to the operations that clusters need. */
public final class Ec2Service {
    private Ec2Service() {}

    public static Service ec2(Ec2State state) {
        Operations operations = new Operations();
        new VpcOperations(state).addTo(operations);
        new SecurityGroupOperations(state).addTo(operations);
        new SecurityGroupRuleOperations(state).addTo(operations);
        new TagOperations(state).addTo(operations);
        new InstanceTypeOperations(state).addTo(operations);
        new EbsEncryptionOperations(state).addTo(operations);
        return new Ec2QueryService(
                List.of("GroupId", "GroupName", "ResourceId", "VpcId", "SubnetId", "InstanceType"), operations);
    }
}
