package org.emrelay.runner.platform.aws.resource;

import java.util.Locale;
import java.util.Objects;
import org.emrelay.runner.model.Sha256;

/**
 * The names of a cluster's AWS resources.
 *
 * <p>They derive from the workspace ID and the cluster name alone, so a command finds what an earlier one created,
 * however that ended.
 *
 * @param cluster the cluster name from the command line
 */
public record ResourceNames(AwsScope scope, String cluster) {
    /** The prefix of all resource names. */
    public static final String PREFIX = "emrelay-";

    /** IAM role names have at most 64 characters; with the longest region name, this many are left. */
    static final int MAX_CLUSTER_IN_ROLE = 16;

    /** Bucket names have at most 63 characters. */
    static final int MAX_CLUSTER_IN_BUCKET = 10;

    private static final int HASH_DIGITS = 6;

    public ResourceNames {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(cluster, "cluster");
    }

    public OwnerTags ownerTags() {
        return new OwnerTags(scope.workspaceId(), cluster);
    }

    public String serviceRole() {
        return base() + "-service";
    }

    /** The name of the node role and of its instance profile, which EMR requires to be equal. */
    public String nodeRole() {
        return base() + "-nodes";
    }

    public String primaryGroup() {
        return base() + "-primary";
    }

    public String coreGroup() {
        return base() + "-core";
    }

    public String serviceAccessGroup() {
        return base() + "-access";
    }

    public String securityConfiguration() {
        return base();
    }

    public String bucket() {
        return PREFIX + scope.account() + bucketSuffix();
    }

    /** The bucket name without prefix and account. */
    public String bucketSuffix() {
        return "-" + scope.region() + "-" + scope.workspaceId() + "-" + shortened(cluster, MAX_CLUSTER_IN_BUCKET);
    }

    /**
     * The cluster's name on EMR. ListClusters returns names but no tags, so the name contains the workspace ID and
     * the creation ID.
     *
     * @param creation the creation ID, eight hexadecimal digits, new for each RunJobFlow request
     */
    public String cluster(String creation) {
        return clusterNamePrefix() + creation + "]";
    }

    /** The prefix of the EMR names of all clusters created under this name in this workspace. */
    public String clusterNamePrefix() {
        return cluster + " [" + scope.workspaceId() + "-";
    }

    /** Whether these are placeholders in a plan: the cluster has no name yet, or the workspace no ID. */
    public boolean arePlaceholders() {
        return scope.workspaceId().isEmpty() || cluster.startsWith("<");
    }

    private String base() {
        return PREFIX + scope.workspaceId() + "-" + scope.region() + "-" + shortened(cluster, MAX_CLUSTER_IN_ROLE);
    }

    /** Lower case, digits and hyphens. A changed name ends with a hash to stay unique. */
    static String shortened(String name, int maxLength) {
        boolean isPlaceholder = name.startsWith("<");
        if (isPlaceholder || (name.length() <= maxLength && name.matches("[a-z0-9]+(-[a-z0-9]+)*"))) {
            return name;
        }
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        int maxKept = maxLength - HASH_DIGITS - 1;
        String kept = slug.substring(0, Math.min(maxKept, slug.length())).replaceAll("-$", "");
        return kept + (kept.isEmpty() ? "" : "-") + new Sha256().add(name).hex(HASH_DIGITS);
    }
}
