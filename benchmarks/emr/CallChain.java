import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the calls of one command off the proxy's log, and how long the longest chain of calls is of which each needs the one before: no client, however
 * fast, could be sooner. What needs what is declared here, and nothing is taken from how the product happens to do it.
 */
public final class CallChain {
    private static final Map<String, String> CREATE = new HashMap<>();
    private static final Map<String, String> TERMINATE = new HashMap<>();

    static {
        // Nothing is made before all has been looked at: "look" stands for each call that needs none.
        String looks = "look";
        for (String made : List.of("CreateRole", "CreateInstanceProfile", "CreateSecurityGroup", "CreateSecurityConfiguration", "s3:create")) {
            CREATE.put(made, looks);
        }
        CREATE.put("PutRolePolicy", "CreateRole");
        CREATE.put("AttachRolePolicy", "CreateRole");
        CREATE.put("AddRoleToInstanceProfile", "CreateRole CreateInstanceProfile");
        CREATE.put("s3:set", "s3:create");
        CREATE.put("s3:object", "s3:create");
        CREATE.put(
                "RunJobFlow",
                "PutRolePolicy AttachRolePolicy AddRoleToInstanceProfile s3:set s3:object CreateSecurityGroup CreateSecurityConfiguration");

        // What hangs on a thing is only asked for when the thing is there and ours; nothing is ended before all has been looked at.
        TERMINATE.put("DescribeCluster", "ListClusters");
        TERMINATE.put("ListRolePolicies", "GetRole");
        TERMINATE.put("ListAttachedRolePolicies", "GetRole");
        // The account is a part of the bucket's name.
        TERMINATE.put("s3:look", "GetCallerIdentity");
        TERMINATE.put("TerminateJobFlows", "DescribeCluster ListRolePolicies ListAttachedRolePolicies GetInstanceProfile DescribeSecurityGroups s3:look");
        TERMINATE.put("DescribeCluster again", "TerminateJobFlows");
        // The nodes need role, profile and groups until the cluster is gone; EMR adds rules to the groups as long as it lives.
        String gone = "DescribeCluster again";
        TERMINATE.put("DescribeSecurityGroups again", gone);
        TERMINATE.put("RevokeSecurityGroupIngress", "DescribeSecurityGroups again");
        TERMINATE.put("RevokeSecurityGroupEgress", "DescribeSecurityGroups again");
        TERMINATE.put("DeleteSecurityGroup", "DescribeSecurityGroups again RevokeSecurityGroupIngress RevokeSecurityGroupEgress");
        TERMINATE.put("DeleteSecurityConfiguration", gone);
        TERMINATE.put("RemoveRoleFromInstanceProfile", gone);
        TERMINATE.put("DeleteInstanceProfile", "RemoveRoleFromInstanceProfile");
        TERMINATE.put("DeleteRolePolicy", gone);
        TERMINATE.put("DetachRolePolicy", gone);
        TERMINATE.put("DeleteRole", "DeleteRolePolicy DetachRolePolicy RemoveRoleFromInstanceProfile");
        TERMINATE.put("s3:versions", gone);
        TERMINATE.put("s3:uploads", gone);
        TERMINATE.put("s3:objects away", "s3:versions");
        TERMINATE.put("s3:upload away", "s3:uploads");
        TERMINATE.put("s3:bucket away", "s3:versions s3:uploads s3:objects~away s3:upload~away".replace('~', ' '));
    }

    /** One call; its chain is itself and the longest before it. */
    private record Call(double start, double end, String kind) {
        double took() {
            return end - start;
        }
    }

    private record Chain(double seconds, String words) {}

    private CallChain() {}

    /** Arguments: create or terminate, the log. Prints seconds from the first call to the last one's end, seconds of the chain, and its calls. */
    public static void main(String[] arguments) throws IOException {
        boolean creates = arguments[0].equals("create");
        List<Call> calls = calls(Path.of(arguments[1]), creates);
        Map<String, String> needs = creates ? CREATE : TERMINATE;
        Predicate<Call> last = call -> !creates || call.kind().equals("RunJobFlow");
        double first = calls.stream().mapToDouble(Call::start).min().orElseThrow();
        double end = calls.stream().filter(last).mapToDouble(Call::end).max().orElseThrow();
        Chain longest = calls.stream()
                .filter(last)
                .map(call -> chain(call, calls, needs))
                .max(Comparator.comparingDouble(Chain::seconds))
                .orElseThrow();
        System.out.printf(Locale.ROOT, "%.3f %.3f %d %s%n", end - first, longest.seconds(), calls.size(), longest.words());
    }

    private static Chain chain(Call call, List<Call> calls, Map<String, String> needs) {
        String needed = needs.get(call.kind());
        Chain before = new Chain(0, "");
        if (needed != null) {
            for (Call other : calls) {
                boolean isNeeded = needed.equals("look") ? !needs.containsKey(other.kind()) : names(needed, other.kind());
                if (isNeeded) {
                    Chain chain = chain(other, calls, needs);
                    before = chain.seconds() > before.seconds() ? chain : before;
                }
            }
        }
        return new Chain(before.seconds() + call.took(), (before.words() + " → " + call.kind()).replaceFirst("^ → ", ""));
    }

    private static boolean names(String needed, String kind) {
        return Pattern.compile("(^| )" + Pattern.quote(kind) + "($| (?!again))").matcher(needed).find();
    }

    private static List<Call> calls(Path log, boolean creates) throws IOException {
        List<Call> calls = new ArrayList<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.sort(Comparator.comparingDouble(line -> Double.parseDouble(line.split(" ", 2)[0])));
        boolean ended = false;
        for (String line : lines) {
            String[] fields = line.split(" ", 4);
            String kind = fields[3].startsWith("s3:") ? s3(fields[3], creates) : fields[3];
            boolean again = ended && (kind.equals("DescribeCluster") || kind.equals("DescribeSecurityGroups"));
            calls.add(new Call(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]), again ? kind + " again" : kind));
            ended |= kind.equals("TerminateJobFlows");
        }
        return calls;
    }

    /** What is done to a bucket, by method, path and query. */
    private static String s3(String written, boolean creates) {
        String[] parts = written.substring("s3:".length()).split(" ", 2);
        String path = parts[1].replaceFirst("\\?.*", "");
        String query = parts[1].contains("?") ? parts[1].replaceFirst(".*\\?", "") : "";
        boolean object = path.substring(1).replaceFirst("/$", "").contains("/");
        if (creates) {
            return path.equals("/") || parts[0].equals("GET") ? "s3:look" : object ? "s3:object" : query.isEmpty() ? "s3:create" : "s3:set";
        }
        if (parts[0].equals("DELETE")) {
            return object ? "s3:upload away" : "s3:bucket away";
        } else if (parts[0].equals("POST")) {
            return "s3:objects away";
        }
        return query.startsWith("versions") ? "s3:versions" : query.startsWith("uploads") ? "s3:uploads" : "s3:look";
    }
}
