package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.ec2.SecurityGroup;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The rules that EMR adds to a cluster's security groups. They reference one another and outlive the cluster. */
final class EmrManagedRules {
    private EmrManagedRules() {}

    static void addTo(Ec2State ec2, String primary, String core, Tree instances) {
        for (String group : List.of(primary, core)) {
            for (String peer : List.of(primary, core)) {
                ec2.addEmrRule(group, false, "tcp", 0, 65535, peer);
                ec2.addEmrRule(group, false, "udp", 0, 65535, peer);
                ec2.addEmrRule(group, false, "icmp", -1, -1, peer);
            }
        }
        String serviceAccess = instances.text("ServiceAccessSecurityGroup");
        if (serviceAccess != null) {
            ec2.addEmrRule(primary, false, "tcp", 8443, 8443, serviceAccess);
            ec2.addEmrRule(core, false, "tcp", 8443, 8443, serviceAccess);
            ec2.addEmrRule(serviceAccess, true, "tcp", 8443, 8443, primary);
            ec2.addEmrRule(serviceAccess, true, "tcp", 8443, 8443, core);
        }
    }

    /** EMR does not add this rule: the service access group must already allow the primary node on port 9443. */
    static boolean lacksServiceAccess(Ec2State ec2, String primary, Tree instances) {
        String serviceAccess = instances.text("ServiceAccessSecurityGroup");
        SecurityGroup group = serviceAccess == null ? null : ec2.groups().get(serviceAccess);
        return group != null && !group.allowsTcpFrom(primary, 9443);
    }
}
