package org.emrelay.runner.platform.emr.provision;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.emr.cluster.RunJobFlowCall;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.jspecify.annotations.Nullable;

/** Requests a cluster whose other resources exist, and once more if EMR refused its new service role. */
public final class ClusterLaunch {
    /** IAM propagates a role within seconds. After this time a refusal has another cause. */
    private static final Duration ROLE_PROPAGATION = Duration.ofMinutes(2);

    private final AwsContext aws;
    private final ClusterResources resources;
    private final VpcSubnets network;
    private final Cluster.SecurityGroups groups;
    private final BootstrapScripts scripts;
    private final InitialSteps steps;
    private final Notices notices;
    private List<Map<String, Object>> stepConfigs = List.of();

    ClusterLaunch(
            AwsContext aws,
            ClusterResources resources,
            VpcSubnets network,
            Cluster.SecurityGroups groups,
            BootstrapScripts scripts,
            InitialSteps steps,
            Notices notices) {
        this.aws = aws;
        this.resources = resources;
        this.network = network;
        this.groups = groups;
        this.scripts = scripts;
        this.steps = steps;
        this.notices = notices;
    }

    /**
     * Requests the cluster.
     *
     * @param roleCreated when its service role was created; null if the role is not new
     */
    LaunchedCluster launch(String creationId, ResourceJournal journal, @Nullable Instant roleCreated) {
        stepConfigs = steps.prepare(resources, creationId);
        String id = request(creationId, journal);
        Instant visible = roleCreated == null ? null : roleCreated.plus(ROLE_PROPAGATION);
        return new LaunchedCluster(
                id, creationId, this, visible == null || visible.isBefore(aws.now()) ? null : visible);
    }

    /**
     * Requests the cluster once more, with the same steps: none of them has run.
     *
     * @param refused has ended
     * @param creationId unique for each request
     */
    public LaunchedCluster relaunch(LaunchedCluster refused, String creationId, ResourceJournal journal) {
        journal.recordDeleted(ResourceKind.CLUSTER, refused.creationId());
        steps.move(creationId);
        return new LaunchedCluster(request(creationId, journal), creationId, this, null);
    }

    private String request(String creationId, ResourceJournal journal) {
        String workspaceUri = "s3://" + resources.bucketName() + "/" + resources.keyPrefix();
        Map<String, Object> request =
                new LinkedHashMap<>(resources.runJobFlow(network, groups, creationId, scripts.uris(workspaceUri)));
        request.put("Steps", stepConfigs);
        journal.recordRequest(ResourceKind.CLUSTER, creationId);
        RunJobFlowCall call = new RunJobFlowCall(aws, notices);
        try {
            String id = call.execute(request);
            journal.recordCreated(ResourceKind.CLUSTER, creationId, id);
            return id;
        } catch (AwsException fault) {
            if (!call.mayHaveCreatedCluster()) {
                journal.recordDeleted(ResourceKind.CLUSTER, creationId);
            }
            throw fault;
        }
    }
}
