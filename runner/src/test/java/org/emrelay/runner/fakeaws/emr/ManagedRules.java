package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.ec2.SecurityGroup;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The rules that EMR puts into a cluster's groups by itself: they refer to one another, and outlive the cluster. */
final class ManagedRules {
    private ManagedRules() {}

    static void addTo(Ec2State ec2, String primary, String core, Tree instances) {
        for (String group : List.of(primary, core)) {
            for (String peer : List.of(primary, core)) {
                ec2.addEmrRule(group, false, "tcp", 0, 65535, peer);
                ec2.addEmrRule(group, false, "udp", 0, 65535, peer);
                ec2.addEmrRule(group, false, "icmp", -1, -1, peer);
            }
        }
        String access = instances.text("ServiceAccessSecurityGroup");
        if (access != null) {
            ec2.addEmrRule(primary, false, "tcp", 8443, 8443, access);
            ec2.addEmrRule(core, false, "tcp", 8443, 8443, access);
            ec2.addEmrRule(access, true, "tcp", 8443, 8443, primary);
            ec2.addEmrRule(access, true, "tcp", 8443, 8443, core);
        }
    }

    /** EMR's own group lets nobody in by itself: whoever made it must have let the primary node in. */
    static boolean isAccessMissing(Ec2State ec2, String primary, Tree instances) {
        String access = instances.text("ServiceAccessSecurityGroup");
        SecurityGroup group = access == null ? null : ec2.groups().get(access);
        return group != null && !group.letsIn(primary, 9443);
    }
}
