import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;

/**
 * Prints which rules of docs/aws-rules.md a recorded run confirms or contradicts. A rule is named by its first words.
 *
 * <p>Usage: {@code GuessReport aws-rules.md DIRECTORY}, where real-aws.sh has recorded a run.
 */
final class GuessReport {
    private static final String SERVICE_ROLE_REFUSED = "VALIDATION_ERROR";

    private final Recording recording;
    private final JsonObject probes;
    private final boolean argumentsArrived;
    private final Map<String, Function<GuessReport, Finding>> observers = new LinkedHashMap<>();

    private enum Verdict {
        RIGHT("right"),
        WRONG("WRONG"),
        NOT_SEEN("not seen");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    private record Finding(Verdict verdict, String evidence) {}

    private record Rule(String text, boolean guessed) {}

    private GuessReport(Recording recording, JsonObject probes, boolean argumentsArrived) {
        this.recording = recording;
        this.probes = probes;
        this.argumentsArrived = argumentsArrived;
        observers.put("EMR sees the first policy of a role", GuessReport::policyDelay);
        observers.put("EMR checks the service role when it launches instances", GuessReport::serviceRoleCheck);
        observers.put("RunJobFlow refuses a security group", r -> r.refusals("RunJobFlow", "security group", "CreateSecurityGroup"));
        observers.put("Other services see new roles", r -> r.refusals("RunJobFlow", "instance ?profile", "CreateInstanceProfile"));
        observers.put("IAM itself may not find", r -> r.refusals(
                "GetRole|PutRolePolicy|AttachRolePolicy|AddRoleToInstanceProfile|GetInstanceProfile", "NoSuchEntity", "CreateRole|CreateInstanceProfile"));
        observers.put("EC2 may not show a new group", r -> r.refusals(
                "DescribeSecurityGroups|AuthorizeSecurityGroup.*|RevokeSecurityGroup.*|CreateTags", "InvalidGroup", "CreateSecurityGroup"));
        observers.put("Node labels are off since emr-6", GuessReport::labels);
        observers.put("EMR's agent starts a step's arguments without a shell", GuessReport::arguments);
        observers.put("ListClusters and ListSteps lag behind", GuessReport::lag);
        observers.put("ListSupportedInstanceTypes returns pages", GuessReport::pages);
        observers.put("Whether a security configuration exists", GuessReport::securityConfiguration);
        observers.put("DescribeCluster answers LogUri", GuessReport::logUri);
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        new GuessReport(
                        Recording.read(directory.resolve("calls.jsonl")),
                        object(directory.resolve("probes.json")),
                        argumentsArrived(directory))
                .print(rules(Path.of(arguments[0])));
    }

    private static JsonObject object(Path file) throws IOException, MalformedJsonException {
        return (JsonObject) JsonReader.read(Files.readString(file));
    }

    /** Whether probe.py wrote what probes.json gave it. */
    private static boolean argumentsArrived(Path directory) throws IOException, MalformedJsonException {
        JsonArray steps = (JsonArray) object(directory.resolve("work/probes.json")).get("steps");
        JsonArray sent = (JsonArray) ((JsonObject) steps.values().get(0)).get("args");
        List<String> expected = sent.values().stream()
                .skip(2) // --output URI
                .map(argument -> ((JsonString) argument).text().getBytes(StandardCharsets.UTF_8))
                .map(bytes -> HexFormat.of().formatHex(bytes) + ".")
                .toList();
        Path output = directory.resolve("results/arguments/part-00000");
        return Files.exists(output) && Files.readAllLines(output).equals(expected);
    }

    /** The rules are the rows of the tables whose second column is the source. */
    private static List<Rule> rules(Path file) throws IOException {
        List<Rule> rules = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(file)) {
            inTable = line.startsWith("| rule | source") || (inTable && line.startsWith("|"));
            String[] cells = line.split("(?<!\\\\)\\|");
            if (inTable && cells.length > 2 && !cells[1].matches(" rule |-+")) {
                rules.add(new Rule(cells[1].strip(), cells[2].contains("guess")));
            }
        }
        return rules;
    }

    private void print(List<Rule> rules) {
        Set<String> unused = new HashSet<>(observers.keySet());
        System.out.println("| rule | this run | evidence |");
        System.out.println("|---|---|---|");
        for (Rule rule : rules) {
            String known = observers.keySet().stream().filter(rule.text()::startsWith).findFirst().orElse("");
            unused.remove(known);
            if (!known.isEmpty() || rule.guessed()) {
                Finding finding = known.isEmpty()
                        ? new Finding(Verdict.NOT_SEEN, "this run cannot show it")
                        : observers.get(known).apply(this);
                System.out.println("| " + rule.text() + " | " + finding.verdict().text + " | " + finding.evidence() + " |");
            }
        }
        if (!unused.isEmpty()) {
            throw new IllegalStateException("docs/aws-rules.md has no rule that starts with: " + String.join("; ", unused));
        }
    }

    private Finding policyDelay() {
        List<Recording.Call> runs = recording.all(call -> call.is("RunJobFlow") && call.succeeded());
        List<Recording.Call> policies = recording.all(call -> call.is("PutRolePolicy") && call.succeeded());
        if (runs.isEmpty() || policies.isEmpty()) {
            return new Finding(Verdict.NOT_SEEN, "no role was created");
        }
        Duration age = Duration.between(policies.get(0).time(), runs.get(0).time());
        return refusedClusters().isEmpty()
                ? new Finding(Verdict.NOT_SEEN, "the cluster was accepted " + seconds(age) + " after the first policy")
                : new Finding(Verdict.RIGHT, "refused " + seconds(age) + " after the first policy; RunJobFlow was sent " + runs.size() + " times");
    }

    private Finding serviceRoleCheck() {
        return refusedClusters().stream()
                .findFirst()
                .map(seen -> new Finding(Verdict.RIGHT, "refused within " + seconds(Duration.between(
                        recording.all(call -> call.is("RunJobFlow")).get(0).time(), seen.time())) + " of RunJobFlow: "
                        + seen.answered("Cluster", "Status", "StateChangeReason", "Message")))
                .orElse(new Finding(Verdict.NOT_SEEN, "the service role was not refused"));
    }

    private List<Recording.Call> refusedClusters() {
        return recording.all(call -> call.is("DescribeCluster")
                && call.answered("Cluster", "Status", "StateChangeReason", "Code").equals(SERVICE_ROLE_REFUSED));
    }

    /** How long the calls that name a new resource were refused. */
    private Finding refusals(String operations, String words, String creations) {
        Instant termination = recording.all(call -> call.is("TerminateJobFlows")).stream()
                .map(Recording.Call::time)
                .findFirst()
                .orElse(Instant.MAX);
        List<String> delays = new ArrayList<>();
        List<Recording.Call> created = recording.all(call -> call.operation().matches(creations) && call.succeeded());
        for (Recording.Call creation : created) {
            recording.all(call -> call.operation().matches(operations) && call.failed(words)
                            && call.errorText().contains(creation.created())
                            && call.time().isAfter(creation.time()) && call.time().isBefore(termination)).stream()
                    .reduce((earlier, later) -> later)
                    .ifPresent(last -> delays.add(seconds(Duration.between(creation.time(), last.time())) + " after "
                            + creation.operation() + ": " + last.errorText()));
        }
        return delays.isEmpty()
                ? new Finding(Verdict.NOT_SEEN, created.isEmpty() ? "nothing was created" : "no call was refused")
                : new Finding(Verdict.RIGHT, "refused until " + String.join("; ", delays));
    }

    private Finding labels() {
        return switch (state("labelled")) {
            case "done" -> new Finding(Verdict.RIGHT, "a driver that asks for CORE ran");
            case "" -> new Finding(Verdict.NOT_SEEN, "the step did not run");
            default -> new Finding(Verdict.WRONG, "a driver that asks for CORE failed: " + probe("labelled", "cause"));
        };
    }

    private Finding arguments() {
        if (!state("arguments").equals("done")) {
            return new Finding(Verdict.NOT_SEEN, "the step did not complete: " + probe("arguments", "cause"));
        }
        return argumentsArrived
                ? new Finding(Verdict.RIGHT, "all arguments arrived unchanged")
                : new Finding(Verdict.WRONG, "results/arguments is not what work/probes.json gave");
    }

    private Finding lag() {
        List<Recording.Call> lists = recording.all(call -> call.is("ListSteps") && call.succeeded() && call.asked("Marker").isEmpty()
                && call.answered("Marker").isEmpty() && !Recording.list(call.request(), "StepIds").isEmpty());
        long incomplete = lists.stream()
                .filter(call -> call.listed("Steps").size() < Recording.list(call.request(), "StepIds").size())
                .count();
        return incomplete == 0
                ? new Finding(Verdict.NOT_SEEN, lists.size() + " answers of ListSteps were complete")
                : new Finding(Verdict.RIGHT, incomplete + " of " + lists.size() + " answers of ListSteps lacked a step");
    }

    private Finding pages() {
        List<Recording.Call> pages = recording.all(call -> call.is("ListSupportedInstanceTypes") && call.succeeded());
        if (pages.isEmpty()) {
            return new Finding(Verdict.NOT_SEEN, "not called");
        }
        int first = pages.get(0).listed("SupportedInstanceTypes").size();
        boolean isOnlyPage = pages.get(0).answered("Marker").isEmpty();
        return new Finding(first == 50 && !isOnlyPage ? Verdict.RIGHT : Verdict.WRONG, pages.size() + " answers, the first with " + first + " types");
    }

    private Finding securityConfiguration() {
        Predicate<Recording.Call> missing = call -> call.is("DescribeSecurityConfiguration") && !call.succeeded();
        return recording.all(missing).stream()
                .findFirst()
                .map(call -> new Finding(call.failed("InvalidRequest") ? Verdict.RIGHT : Verdict.WRONG, call.errorText()))
                .orElse(new Finding(Verdict.NOT_SEEN, "no missing configuration was described"));
    }

    private Finding logUri() {
        return recording.all(call -> call.is("DescribeCluster") && call.succeeded()).stream()
                .findFirst()
                .map(call -> call.answered("Cluster", "LogUri"))
                .map(uri -> new Finding(uri.matches("s3n://.*/") ? Verdict.RIGHT : Verdict.WRONG, uri))
                .orElse(new Finding(Verdict.NOT_SEEN, "no cluster was described"));
    }

    private String state(String step) {
        return probe(step, "state");
    }

    private String probe(String step, String key) {
        return probes.get("steps") instanceof JsonArray steps
                ? steps.values().stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> Recording.text(each, "name").equals(step))
                        .map(each -> Recording.text(each, key))
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static String seconds(Duration duration) {
        return String.format("%.1f s", duration.toMillis() / 1000.0);
    }
}
