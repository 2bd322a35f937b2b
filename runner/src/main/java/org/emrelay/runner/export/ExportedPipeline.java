package org.emrelay.runner.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.emr.spec.SecurityConfigurationSpec;

/**
 * A pipeline and its cluster, as every format exports them. The texts may have references.
 *
 * @param name the name of the pipeline
 * @param cluster the RunJobFlow request as EMR's JSON. The cluster stays up without steps, and ends after an idle time.
 * @param subnets the subnets that the cluster file names; empty if the deployment chooses them
 * @param bucket the bucket that the cluster file names; empty if the deployment chooses it
 * @param keyPrefix the folder of the workspace in the bucket: empty, or with a trailing slash
 * @param steps those that run, in the order of execution
 * @param skipped the other steps, and why each does not run
 * @param uploads the files that must be in the workspace before the first run
 */
public record ExportedPipeline(
        String name,
        Map<String, Object> cluster,
        Resources resources,
        List<String> subnets,
        Optional<String> bucket,
        String keyPrefix,
        List<ExportedStep> steps,
        Map<StepName, String> skipped,
        List<Upload> uploads) {

    /**
     * What is created for the cluster. Resources that the cluster file provides are empty.
     *
     * @param groups the security groups; two, or three for private subnets
     * @param ownerTags the tags of a cluster that tell whose it is
     * @param tags the owner tags and the user's
     */
    public record Resources(
            Optional<RoleSpec> serviceRole,
            Optional<NodeRole> nodeRole,
            List<SecurityGroupSpec> groups,
            Optional<SecurityConfigurationSpec> securityConfiguration,
            Map<String, String> ownerTags,
            Map<String, String> tags) {
        public Resources {
            Objects.requireNonNull(serviceRole, "serviceRole");
            Objects.requireNonNull(nodeRole, "nodeRole");
            groups = List.copyOf(groups);
            Objects.requireNonNull(securityConfiguration, "securityConfiguration");
            ownerTags = Collections.unmodifiableMap(new LinkedHashMap<>(ownerTags));
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }
    }

    /**
     * The role of the nodes, and of every step.
     *
     * @param stepAccess the policy for the locations that steps need beyond the workspace; empty if they need none
     */
    public record NodeRole(RoleSpec role, Map<String, Object> stepAccess) {
        public NodeRole {
            Objects.requireNonNull(role, "role");
            stepAccess = Collections.unmodifiableMap(new LinkedHashMap<>(stepAccess));
        }
    }

    public ExportedPipeline {
        Objects.requireNonNull(name, "name");
        cluster = Collections.unmodifiableMap(new LinkedHashMap<>(cluster));
        Objects.requireNonNull(resources, "resources");
        subnets = List.copyOf(subnets);
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(keyPrefix, "keyPrefix");
        steps = List.copyOf(steps);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
        uploads = List.copyOf(uploads);
    }
}
