package org.emrelay.runner.platform.emr.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

/**
 * Calls RunJobFlow without ever creating a second cluster.
 *
 * <p>RunJobFlow has no client token for idempotency. It is retried only after an error response. If the response is lost, the cluster
 * is looked up by its unique name.
 */
public final class RunJobFlowCall {
    /** A new IAM role or instance profile propagates within seconds, rarely within a minute or two. */
    private static final Duration IAM_PROPAGATION_BUDGET = Duration.ofMinutes(4);

    /** The request never left this machine. */
    private static final Duration UNREACHABLE_BUDGET = Duration.ofSeconds(20);

    private static final Duration THROTTLED_BUDGET = Duration.ofMinutes(20);
    /** EC2 and EMR are eventually consistent: EMR sees a new security group within seconds. */
    private static final Duration GROUP_PROPAGATION_BUDGET = Duration.ofMinutes(1);

    private static final Duration LISTING_BUDGET = Duration.ofMinutes(3);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private static final Pattern ROLE_NOT_PROPAGATED = Pattern.compile(
            "(?is).*(invalid instanceprofile|failed to authorize instance profile|(invalid|failed to authorize|not"
                    + " authorized|cannot assume|unable to assume).*(service ?role|role)|service ?role.*(invalid|not"
                    + " (exist|found|authorized|valid)|insufficient|cannot|unable).*).*");

    /** EMR has one error code for every invalid value. */
    private static final Pattern GROUP_NOT_VISIBLE = Pattern.compile("(?is).*security group.*(not exist|not found).*");

    private final AwsContext aws;
    private final Clusters clusters;
    private final Notices notices;
    private boolean responseLost;
    private boolean waitsForRole;
    private boolean waitsForGroups;

    public RunJobFlowCall(AwsContext aws, Notices notices) {
        this.aws = aws;
        this.clusters = new Clusters(aws);
        this.notices = notices;
    }

    /** Returns the id of the new cluster. */
    public String execute(Map<String, Object> json) {
        RunJobFlowRequest request =
                SdkRequestMapper.into(RunJobFlowRequest.builder(), json).build();
        Instant started = aws.now();
        try {
            return aws.retry()
                    .callWithin(
                            "create cluster " + request.name(),
                            (fault, attempt) -> retryBudget(fault),
                            () -> aws.clients().emrOnNewConnections().runJobFlow(request))
                    .jobFlowId();
        } catch (AwsException fault) {
            if (!fault.isResponseLost()) {
                throw fault;
            }
            responseLost = true;
            return findByName(request.name(), started).orElseThrow(() -> fault);
        }
    }

    /** Whether a cluster may exist although its id is unknown. An error response rules that out. */
    public boolean mayHaveCreatedCluster() {
        return responseLost;
    }

    /** Zero after a lost response: the cluster may exist. */
    private Duration retryBudget(AwsException fault) {
        if (isRoleNotPropagated(fault)) {
            if (!waitsForRole) {
                notices.notice("Waiting for the new IAM role to propagate");
            }
            waitsForRole = true;
            return IAM_PROPAGATION_BUDGET;
        } else if (fault.is(Kind.INVALID_REQUEST)
                && GROUP_NOT_VISIBLE.matcher(fault.awsMessage()).matches()) {
            if (!waitsForGroups) {
                notices.notice("Waiting until EMR sees the new security groups");
            }
            waitsForGroups = true;
            return GROUP_PROPAGATION_BUDGET;
        } else if (fault.is(Kind.THROTTLED)) {
            return THROTTLED_BUDGET;
        }
        return fault.is(Kind.UNREACHABLE) ? UNREACHABLE_BUDGET : Duration.ZERO;
    }

    static boolean isRoleNotPropagated(AwsException fault) {
        return fault.is(Kind.INVALID_REQUEST, Kind.ACCESS_DENIED)
                && ROLE_NOT_PROPAGATED.matcher(fault.awsMessage()).matches();
    }

    /** ListClusters is eventually consistent: it may omit a cluster that exists. */
    private Optional<String> findByName(String name, Instant started) {
        notices.notice("No response to RunJobFlow: looking up the cluster by name");
        Supplier<Optional<String>> lookup = () -> listedByName(name, started.minus(CLOCK_SKEW));
        return lookup.get().or(() -> aws.retry().poll(0, LISTING_BUDGET, lookup));
    }

    private Optional<String> listedByName(String name, Instant createdAfter) {
        return clusters.list(createdAfter, List.of()).stream()
                .filter(cluster -> cluster.name().equals(name))
                .map(cluster -> Objects.requireNonNull(cluster.id()))
                .findFirst();
    }
}
