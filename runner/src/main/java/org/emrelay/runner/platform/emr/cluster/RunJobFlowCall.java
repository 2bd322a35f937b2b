package org.emrelay.runner.platform.emr.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

/**
 * Asks EMR for a cluster so that there is never a second one. RunJobFlow takes no token by which EMR would know a repetition: it is sent again only
 * after an answer that says no. After none at all the cluster is looked for by its name, which no other one has.
 */
public final class RunJobFlowCall {
    /** A new role or profile is known everywhere within seconds, rarely a minute or two. */
    private static final Duration SETTLING = Duration.ofMinutes(4);

    private static final Duration THROTTLED_AT_MOST = Duration.ofMinutes(20);
    private static final Duration LOOKED_FOR = Duration.ofMinutes(3);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);

    private static final Pattern NOT_KNOWN_YET = Pattern.compile(
            "(?is).*(invalid instanceprofile|failed to authorize instance profile|(invalid|failed to authorize|not authorized|cannot assume"
                    + "|unable to assume).*(service ?role|role)|service ?role.*(invalid|not (exist|found|authorized|valid)|insufficient|cannot|unable).*).*");

    private final AwsContext aws;
    private final Clusters clusters;
    private final Consumer<String> say;
    private boolean answerLost;

    public RunJobFlowCall(AwsContext aws, Consumer<String> say) {
        this.aws = aws;
        this.clusters = new Clusters(aws);
        this.say = say;
    }

    /** The new cluster's id. */
    public String run(Map<String, Object> document) {
        RunJobFlowRequest request =
                SdkRequestMapper.into(RunJobFlowRequest.builder(), document).build();
        Instant begun = aws.patience().clock().instant();
        boolean told = false;
        for (int attempt = 0; ; attempt++) {
            try {
                return AwsRetry.once(
                                "create the cluster " + request.name(),
                                () -> aws.clients().emrOnNewConnections().runJobFlow(request))
                        .jobFlowId();
            } catch (AwsException fault) {
                if (fault.is(Kind.UNAVAILABLE) || fault.is(Kind.UNREADABLE)) {
                    answerLost = true;
                    return lookFor(request.name(), begun).orElseThrow(() -> fault);
                }
                if (!told && isNotKnownYet(fault)) {
                    say.accept("AWS does not know the new role or profile everywhere yet: asking again until it does");
                    told = true;
                }
                if (!aws.patience().pause(attempt, begun, bearable(fault))) {
                    throw fault;
                }
            }
        }
    }

    /** Whether there may be a cluster though its id was never told: not after an answer that says no. */
    public boolean mayHaveMadeOne() {
        return answerLost;
    }

    private static Duration bearable(AwsException fault) {
        if (fault.is(Kind.THROTTLED)) {
            return THROTTLED_AT_MOST;
        }
        return fault.is(Kind.UNREACHABLE) || isNotKnownYet(fault) ? SETTLING : Duration.ZERO;
    }

    static boolean isNotKnownYet(AwsException fault) {
        return (fault.is(Kind.INVALID) || fault.is(Kind.DENIED))
                && NOT_KNOWN_YET.matcher(fault.said()).matches();
    }

    /** A listing lags behind: a cluster that is not in it may be there. */
    private Optional<String> lookFor(String name, Instant begun) {
        say.accept("RunJobFlow's answer was lost: looking for the cluster by its name");
        Instant looking = aws.patience().clock().instant();
        for (int attempt = 0; ; attempt++) {
            Optional<String> found = named(name, begun.minus(CLOCKS_DIFFER));
            if (found.isPresent() || !aws.patience().pause(attempt, looking, LOOKED_FOR)) {
                return found;
            }
        }
    }

    private Optional<String> named(String name, Instant since) {
        return clusters.list(since, List.of()).stream()
                .filter(cluster -> cluster.name().equals(name))
                .map(cluster -> Objects.requireNonNull(cluster.id()))
                .findFirst();
    }
}
