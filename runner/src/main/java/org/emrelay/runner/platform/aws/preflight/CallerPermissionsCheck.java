package org.emrelay.runner.platform.aws.preflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.CallerIdentity;
import org.emrelay.runner.platform.aws.iam.CallerStatement;
import org.emrelay.runner.platform.aws.iam.PolicySimulation;
import org.emrelay.runner.platform.aws.iam.PolicySimulation.Denial;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;

/**
 * Warns of actions that the caller is not authorized to perform. These are never errors, because a simulation can be wrong:
 * it knows neither resource policies, nor session policies, nor conditions of service control policies.
 *
 * @param tags those that new resources get
 * @param statements what the caller needs
 * @param document where the statements are documented
 */
public record CallerPermissionsCheck(
        AwsContext aws,
        CallerIdentity caller,
        Map<String, String> tags,
        List<CallerStatement> statements,
        String document,
        Consumer<String> warnings) {
    /** IAM simulates every action of a call on every resource. */
    private record Simulated(List<String> resources, Map<String, String> context) {}

    public CallerPermissionsCheck {
        tags = Map.copyOf(tags);
        statements = List.copyOf(statements);
    }

    public void check() {
        if (caller.isRoot()) {
            return;
        }
        Optional<String> principal = principal();
        if (principal.isEmpty()) {
            warnings.accept("Not checked: the caller's permissions. IAM simulates the policies of users and roles, and "
                    + caller.arn() + " is neither.");
            return;
        }
        Map<Simulated, List<Denial>> denials = denials(new PolicySimulation(aws, principal.get()), actions());
        statements.forEach(statement -> report(
                statement,
                statement.actions().stream()
                        .flatMap(action -> denials.getOrDefault(simulated(statement, action), List.of()).stream()
                                .filter(denial -> denial.action().equals(action)))
                        .toList()));
    }

    /** The user or role whose policies apply. The ARN of a session lacks the path of the role. */
    private Optional<String> principal() {
        return caller.isUser()
                ? Optional.of(caller.arn())
                : caller.assumedRole().map(this::roleArn);
    }

    private String roleArn(String name) {
        return AwsException.handle(
                () -> aws.callBriefly(
                                "get the role " + name, () -> aws.iam().getRole(request -> request.roleName(name)))
                        .role()
                        .arn(),
                denied -> "arn:" + aws.clients().partition() + ":iam::" + caller.account() + ":role/" + name,
                Kind.ACCESS_DENIED);
    }

    private Map<Simulated, List<String>> actions() {
        Map<Simulated, List<String>> actions = new LinkedHashMap<>();
        statements.forEach(statement -> statement
                .actions()
                .forEach(action -> actions.computeIfAbsent(simulated(statement, action), none -> new ArrayList<>())
                        .add(action)));
        return actions;
    }

    private Simulated simulated(CallerStatement statement, String action) {
        Map<String, String> context = new TreeMap<>(statement.context());
        tags.forEach((key, value) -> {
            context.put("aws:RequestTag/" + key, value);
            context.put("aws:ResourceTag/" + key, value);
        });
        context.put("aws:RequestedRegion", regionOf(action));
        return new Simulated(statement.resources(), context);
    }

    private String regionOf(String action) {
        return switch (action.substring(0, action.indexOf(':'))) {
            case "iam" -> aws.clients().iamRegion();
            case "pricing" -> aws.clients().pricingRegion();
            default -> aws.clients().region();
        };
    }

    private static Map<Simulated, List<Denial>> denials(
            PolicySimulation simulation, Map<Simulated, List<String>> actions) {
        Map<Simulated, Task<List<Denial>>> started = new LinkedHashMap<>();
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            actions.forEach((simulated, together) -> started.put(
                    simulated,
                    tasks.start(() -> simulation.denials(together, simulated.resources(), simulated.context()))));
            tasks.awaitAll();
        }
        Map<Simulated, List<Denial>> denials = new HashMap<>();
        started.forEach((simulated, task) -> denials.put(simulated, task.get()));
        return denials;
    }

    private void report(CallerStatement statement, List<Denial> denials) {
        if (denials.isEmpty()) {
            return;
        }
        String actions = denials.stream().map(Denial::action).distinct().collect(Collectors.joining(", "));
        TreeSet<String> missingKeys = denials.stream()
                .flatMap(denial -> denial.missingKeys().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        warnings.accept("You are not authorized to perform " + actions + ": " + statement.consequence()
                + ". Ask your AWS administrator for the statement " + statement.sid() + " of " + document + "."
                + (missingKeys.isEmpty()
                        ? ""
                        : " Your policies also depend on " + String.join(", ", missingKeys)
                                + ", which was not simulated."));
    }
}
