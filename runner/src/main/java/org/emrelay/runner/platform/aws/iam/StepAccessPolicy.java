package org.emrelay.runner.platform.aws.iam;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.platform.aws.resource.AwsScope;

/**
 * The inline policy of the node role that gives steps access to S3. One policy holds the access of all runs of a cluster:
 * steps of an earlier run may still use theirs.
 *
 * @param readable locations in the form that IAM matches: a bucket, or a bucket, a slash and an escaped prefix
 * @param writable likewise; they are readable too
 */
public record StepAccessPolicy(SortedSet<String> readable, SortedSet<String> writable) {
    public static final String NAME = "emrelay-steps";

    static final StepAccessPolicy NONE = new StepAccessPolicy(new TreeSet<>(), new TreeSet<>());

    private static final String READ_SID = "ReadTheObjects";
    private static final String WRITE_SID = "WriteTheObjects";
    private static final String EVERYTHING_BELOW = "/*";

    /** The marker of a folder that EMR's own file system writes, up to release 7.9. */
    private static final String EMRFS_MARKER = "_$folder$";

    /** Drops what other locations cover. */
    public StepAccessPolicy {
        SortedSet<String> writes = withoutCovered(writable, Set.of());
        readable = Collections.unmodifiableSortedSet(withoutCovered(readable, writes));
        writable = Collections.unmodifiableSortedSet(writes);
    }

    /** The policy for some access alone, as a document. */
    public static Map<String, Object> documentOf(Collection<BucketAccess> accesses, String partition) {
        return NONE.plus(accesses).document(partition);
    }

    private static SortedSet<String> withoutCovered(SortedSet<String> locations, Set<String> others) {
        return locations.stream()
                .filter(location -> !covers(others, location) && Collections.disjoint(locations, ancestors(location)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether one of the locations is this one or contains it. */
    private static boolean covers(Set<String> locations, String location) {
        return locations.contains(location) || !Collections.disjoint(locations, ancestors(location));
    }

    /** The folders that contain a location, and its bucket. */
    private static List<String> ancestors(String location) {
        List<String> ancestors = new ArrayList<>();
        for (int end = location.lastIndexOf('/'); end > 0; end = location.lastIndexOf('/', end - 1)) {
            ancestors.add(location.substring(0, end));
        }
        return ancestors;
    }

    boolean covers(BucketAccess access) {
        String location = location(access);
        return covers(writable, location) || (!access.writes() && covers(readable, location));
    }

    StepAccessPolicy plus(Collection<BucketAccess> accesses) {
        SortedSet<String> reads = new TreeSet<>(readable);
        SortedSet<String> writes = new TreeSet<>(writable);
        accesses.forEach(access -> (access.writes() ? writes : reads).add(location(access)));
        return new StepAccessPolicy(reads, writes);
    }

    /** A shorter policy that allows more: access to whole buckets. Empty if there is none. */
    Optional<StepAccessPolicy> wider() {
        return Stream.of(
                        new StepAccessPolicy(wholeBuckets(readable), writable),
                        new StepAccessPolicy(wholeBuckets(readable), wholeBuckets(writable)))
                .filter(policy -> !policy.equals(this))
                .findFirst();
    }

    private static SortedSet<String> wholeBuckets(Set<String> locations) {
        return locations.stream().map(StepAccessPolicy::bucket).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The buckets to all of which the policy gives access. */
    String wholeBuckets() {
        return Stream.concat(readable.stream(), writable.stream())
                .filter(location -> !location.contains("/"))
                .map(bucket -> "s3://" + bucket)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String bucket(String location) {
        return location.split("/", 2)[0];
    }

    private static String location(BucketAccess access) {
        return access.prefix().isEmpty()
                ? access.bucket()
                : access.bucket() + "/" + PolicyDocument.escaped(access.prefix());
    }

    Map<String, Object> document(String partition) {
        AwsScope scope = new AwsScope(partition, "", "", "");
        SortedSet<String> all = new TreeSet<>(readable);
        all.addAll(writable);
        List<Map<String, Object>> statements = new ArrayList<>();
        // S3A asks HEAD first, which has no prefix: without s3:ListBucket on the whole bucket, a missing key is 403
        // instead of 404.
        add("FindTheObjects", List.of("s3:GetBucketLocation", "s3:ListBucket"), wholeBuckets(all), scope, statements);
        // S3A's committers and its cleanup list the unfinished uploads of a bucket.
        add("FindTheUploads", List.of("s3:ListBucketMultipartUploads"), wholeBuckets(writable), scope, statements);
        Set<String> read = withEverythingBelow(readable);
        // S3A asks HEAD for each parent directory of an output, up to one that exists.
        writable.forEach(location -> ancestors(location).stream()
                .filter(ancestor -> ancestor.contains("/"))
                .forEach(read::add));
        add(READ_SID, List.of("s3:GetObject"), read, scope, statements);
        Set<String> write = withEverythingBelow(writable);
        writable.forEach(location -> write.addAll(markers(location)));
        add(
                WRITE_SID,
                List.of(
                        "s3:AbortMultipartUpload",
                        "s3:DeleteObject",
                        "s3:GetObject",
                        "s3:ListMultipartUploadParts",
                        "s3:PutObject"),
                write,
                scope,
                statements);
        return PolicyDocument.of(statements);
    }

    private static Set<String> withEverythingBelow(Set<String> locations) {
        Set<String> resources = new LinkedHashSet<>();
        for (String location : locations) {
            if (location.contains("/")) {
                resources.add(location);
            }
            resources.add(location + EVERYTHING_BELOW);
        }
        return resources;
    }

    /**
     * The empty objects that stand for folders. S3A keeps the parent of a deleted output as one, and EMRFS writes one for each folder
     * above an output that does not exist yet.
     */
    private static Set<String> markers(String location) {
        Set<String> markers = new LinkedHashSet<>();
        List<String> ancestors = ancestors(location);
        if (!ancestors.isEmpty()) {
            markers.add(location + EMRFS_MARKER);
            if (ancestors.get(0).contains("/")) {
                markers.add(ancestors.get(0) + "/");
            }
            ancestors.stream()
                    .filter(ancestor -> ancestor.contains("/"))
                    .forEach(ancestor -> markers.add(ancestor + EMRFS_MARKER));
        }
        return markers;
    }

    private static void add(
            String sid,
            List<String> actions,
            Set<String> resources,
            AwsScope scope,
            List<Map<String, Object>> statements) {
        if (!resources.isEmpty()) {
            statements.add(
                    allow(sid, actions, resources.stream().map(scope::bucketArn).toList()));
        }
    }

    /** Reads a policy that {@link #document} wrote. */
    static StepAccessPolicy parse(String document) throws MalformedJsonException {
        SortedSet<String> reads = new TreeSet<>();
        SortedSet<String> writes = new TreeSet<>();
        JsonFields.read(document, policy -> {
            for (JsonFields statement : policy.list("Statement", JsonFields::of)) {
                String sid = statement.text("Sid");
                for (String resource : statement.list("Resource", JsonFields::text)) {
                    if (resource.endsWith(EVERYTHING_BELOW)) {
                        String location = resource.substring(
                                resource.indexOf(":::") + 3, resource.length() - EVERYTHING_BELOW.length());
                        (sid.equals(WRITE_SID) ? writes : reads).add(location);
                    }
                }
            }
            return policy;
        });
        return new StepAccessPolicy(reads, writes);
    }
}
