package org.emrelay.runner.platform.aws.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * What everything that is made for a cluster is called. The names follow from the workspace and the cluster's name alone, so that the same command
 * finds what an earlier one left, however that ended.
 *
 * @param cluster the name that the user gave
 */
public record ResourceNames(AwsScope site, String cluster) {
    /** What all our things begin with. */
    public static final String PREFIX = "emrelay-";

    /** A role's name has at most 64 characters, of which the longest region leaves this. */
    private static final int LONGEST_IN_ROLE = 16;

    /** A bucket's name has at most 63 characters. */
    private static final int LONGEST_IN_BUCKET = 10;

    private static final int HASH_DIGITS = 6;

    public ResourceNames {
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(cluster, "cluster");
    }

    public String serviceRole() {
        return base() + "-service";
    }

    /** Of the role and of its instance profile, which EMR wants to be called alike. */
    public String nodeRole() {
        return base() + "-nodes";
    }

    public String primaryGroup() {
        return base() + "-primary";
    }

    public String coreGroup() {
        return base() + "-core";
    }

    public String accessGroup() {
        return base() + "-access";
    }

    public String securityConfiguration() {
        return base();
    }

    public String bucket() {
        return PREFIX + site.account() + bucketEnding();
    }

    /** What is known of the bucket's name without the account. */
    public String bucketEnding() {
        return "-" + site.region() + "-" + site.workspace() + "-" + shortened(cluster, LONGEST_IN_BUCKET);
    }

    /**
     * The cluster's own name on EMR. A listing of clusters shows names and no tags, so the name says whose the cluster is and which creation made it.
     *
     * @param creation eight hexadecimal digits, new for each time that a cluster is asked for
     */
    public String cluster(String creation) {
        return clusterPrefix() + creation + "]";
    }

    /** What the names of all clusters begin with that were ever made under this name here. */
    public String clusterPrefix() {
        return cluster + " [" + site.workspace() + "-";
    }

    /** Whether a plan shows them and nobody will ever bear them: the cluster has no name yet, or the workspace no id. */
    public boolean areOnlyShown() {
        return site.workspace().isEmpty() || cluster.startsWith("<");
    }

    private String base() {
        return PREFIX + site.workspace() + "-" + site.region() + "-" + shortened(cluster, LONGEST_IN_ROLE);
    }

    /** Lower case, digits and hyphens; a name that had to be changed ends with a hash, for two names must not become one. */
    private static String shortened(String name, int longest) {
        boolean placeholder = name.startsWith("<");
        if (placeholder || (name.length() <= longest && name.matches("[a-z0-9]+(-[a-z0-9]+)*"))) {
            return name;
        }
        String folded =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        int room = longest - HASH_DIGITS - 1;
        String kept = folded.substring(0, Math.min(room, folded.length())).replaceAll("-$", "");
        return kept + (kept.isEmpty() ? "" : "-") + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
