import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Computes the longest chain of dependent calls of a command, from the proxy's log. It is a lower bound: no client can be faster. The dependencies are declared
 * here, independently of the product's implementation.
 */
public final class CallChain {
    /** Matches every call without dependencies. */
    private static final String READ = "read";

    private static final String AGAIN = " (again)";

    private static final Map<String, Set<String>> CREATE = new HashMap<>();
    private static final Map<String, Set<String>> TERMINATE = new HashMap<>();

    static {
        // All checks precede the first change.
        for (String created : List.of("CreateRole", "CreateInstanceProfile", "CreateSecurityGroup", "CreateSecurityConfiguration", "s3:CreateBucket")) {
            CREATE.put(created, Set.of(READ));
        }
        CREATE.put("PutRolePolicy", Set.of("CreateRole"));
        CREATE.put("AttachRolePolicy", Set.of("CreateRole"));
        CREATE.put("AddRoleToInstanceProfile", Set.of("CreateRole", "CreateInstanceProfile"));
        CREATE.put("s3:PutBucketSettings", Set.of("s3:CreateBucket"));
        CREATE.put("s3:PutObject", Set.of("s3:CreateBucket"));
        CREATE.put(
                "RunJobFlow",
                Set.of(
                        "PutRolePolicy",
                        "AttachRolePolicy",
                        "AddRoleToInstanceProfile",
                        "s3:PutBucketSettings",
                        "s3:PutObject",
                        "CreateSecurityGroup",
                        "CreateSecurityConfiguration"));

        // Policies are listed only for a role that exists and has Emrelay's owner tags. All reads precede the first change.
        TERMINATE.put("DescribeCluster", Set.of("ListClusters"));
        TERMINATE.put("ListRolePolicies", Set.of("GetRole"));
        TERMINATE.put("ListAttachedRolePolicies", Set.of("GetRole"));
        // The bucket's name contains the account ID.
        TERMINATE.put("s3:read", Set.of("GetCallerIdentity"));
        TERMINATE.put(
                "TerminateJobFlows",
                Set.of(
                        "DescribeCluster",
                        "ListRolePolicies",
                        "ListAttachedRolePolicies",
                        "GetInstanceProfile",
                        "DescribeSecurityGroups",
                        "s3:read"));
        TERMINATE.put("DescribeCluster" + AGAIN, Set.of("TerminateJobFlows"));
        // Until the cluster has terminated, its instances need the role, the instance profile and the security groups, and EMR may add rules to the groups.
        Set<String> terminated = Set.of("DescribeCluster" + AGAIN);
        TERMINATE.put("DescribeSecurityGroups" + AGAIN, terminated);
        TERMINATE.put("RevokeSecurityGroupIngress", Set.of("DescribeSecurityGroups" + AGAIN));
        TERMINATE.put("RevokeSecurityGroupEgress", Set.of("DescribeSecurityGroups" + AGAIN));
        TERMINATE.put(
                "DeleteSecurityGroup",
                Set.of("DescribeSecurityGroups" + AGAIN, "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress"));
        TERMINATE.put("DeleteSecurityConfiguration", terminated);
        TERMINATE.put("RemoveRoleFromInstanceProfile", terminated);
        TERMINATE.put("DeleteInstanceProfile", Set.of("RemoveRoleFromInstanceProfile"));
        TERMINATE.put("DeleteRolePolicy", terminated);
        TERMINATE.put("DetachRolePolicy", terminated);
        TERMINATE.put("DeleteRole", Set.of("DeleteRolePolicy", "DetachRolePolicy", "RemoveRoleFromInstanceProfile"));
        TERMINATE.put("s3:ListObjectVersions", terminated);
        TERMINATE.put("s3:ListMultipartUploads", terminated);
        TERMINATE.put("s3:DeleteObjects", Set.of("s3:ListObjectVersions"));
        TERMINATE.put("s3:AbortMultipartUpload", Set.of("s3:ListMultipartUploads"));
        TERMINATE.put(
                "s3:DeleteBucket",
                Set.of("s3:ListObjectVersions", "s3:ListMultipartUploads", "s3:DeleteObjects", "s3:AbortMultipartUpload"));
    }

    private record Call(double start, double end, String operation) {
        double seconds() {
            return end - start;
        }
    }

    private record Chain(double seconds, String operations) {}

    private CallChain() {}

    /**
     * Arguments: create or terminate, log file. Prints the seconds from the first request to the last response, the seconds of the longest chain, the number of
     * calls, and the operations of the chain.
     */
    public static void main(String[] arguments) throws IOException {
        boolean create = arguments[0].equals("create");
        List<Call> calls = calls(Path.of(arguments[1]), create);
        Map<String, Set<String>> dependencies = create ? CREATE : TERMINATE;
        Predicate<Call> last = call -> !create || call.operation().equals("RunJobFlow");
        double start = calls.stream().mapToDouble(Call::start).min().orElseThrow();
        double end = calls.stream().filter(last).mapToDouble(Call::end).max().orElseThrow();
        Chain longest = calls.stream()
                .filter(last)
                .map(call -> longestChain(call, calls, dependencies))
                .max(Comparator.comparingDouble(Chain::seconds))
                .orElseThrow();
        System.out.printf(Locale.ROOT, "%.3f %.3f %d %s%n", end - start, longest.seconds(), calls.size(), longest.operations());
    }

    /** The longest chain that ends with the call. */
    private static Chain longestChain(Call call, List<Call> calls, Map<String, Set<String>> dependencies) {
        Set<String> required = dependencies.getOrDefault(call.operation(), Set.of());
        Chain longest = new Chain(0, "");
        for (Call other : calls) {
            boolean isRequired = required.contains(READ) ? !dependencies.containsKey(other.operation()) : required.contains(other.operation());
            if (isRequired) {
                Chain chain = longestChain(other, calls, dependencies);
                longest = chain.seconds() > longest.seconds() ? chain : longest;
            }
        }
        return new Chain(longest.seconds() + call.seconds(), (longest.operations() + " → " + call.operation()).replaceFirst("^ → ", ""));
    }

    private static List<Call> calls(Path log, boolean create) throws IOException {
        List<Call> calls = new ArrayList<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.sort(Comparator.comparingDouble(line -> Double.parseDouble(line.split(" ", 2)[0])));
        boolean terminating = false;
        for (String line : lines) {
            String[] fields = line.split(" ", 4);
            String operation = fields[3].startsWith("s3:") ? s3Operation(fields[3], create) : fields[3];
            boolean again = terminating && (operation.equals("DescribeCluster") || operation.equals("DescribeSecurityGroups"));
            calls.add(new Call(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]), again ? operation + AGAIN : operation));
            terminating |= operation.equals("TerminateJobFlows");
        }
        return calls;
    }

    /** The S3 operation, by method, path and query. */
    private static String s3Operation(String logged, boolean create) {
        String[] parts = logged.substring("s3:".length()).split(" ", 2);
        String path = parts[1].replaceFirst("\\?.*", "");
        String query = parts[1].contains("?") ? parts[1].replaceFirst(".*\\?", "") : "";
        boolean object = path.substring(1).replaceFirst("/$", "").contains("/");
        if (create) {
            return path.equals("/") || parts[0].equals("GET")
                    ? "s3:read"
                    : object ? "s3:PutObject" : query.isEmpty() ? "s3:CreateBucket" : "s3:PutBucketSettings";
        }
        if (parts[0].equals("DELETE")) {
            return object ? "s3:AbortMultipartUpload" : "s3:DeleteBucket";
        } else if (parts[0].equals("POST")) {
            return "s3:DeleteObjects";
        }
        return query.startsWith("versions") ? "s3:ListObjectVersions" : query.startsWith("uploads") ? "s3:ListMultipartUploads" : "s3:read";
    }
}
