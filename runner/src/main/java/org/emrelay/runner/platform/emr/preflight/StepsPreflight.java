package org.emrelay.runner.platform.emr.preflight;

import java.util.List;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.Ec2Queries;
import org.emrelay.runner.platform.aws.ec2.SubnetRouting;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Checks steps before they are added to an existing cluster. */
public record StepsPreflight(AwsContext aws, Notices notices) {
    /** Warns of packages that the nodes cannot download. Makes no call for steps without packages. */
    public void checkPackages(ExecutionPlan plan, EmrCluster cluster) {
        PackageDownloads downloads = PackageDownloads.of(plan);
        if (downloads.origins().isEmpty() || cluster.subnet().isEmpty()) {
            return;
        }
        List<String> subnet = List.of(cluster.subnet());
        Ec2Queries ec2 = new Ec2Queries(aws);
        try {
            downloads
                    .warning(new SubnetRouting(ec2.subnets(subnet), ec2.routeTables(), List.of()), subnet)
                    .ifPresent(warning -> notices.warn(warning));
        } catch (AwsException fault) {
            notices.warn("Not checked: whether the nodes reach Maven Central. " + fault.message());
        }
    }
}
