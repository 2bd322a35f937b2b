package org.emrelay.runner.fakeaws;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.CommonErrors;

/** The faults that a test has injected, applied in the order they were added. */
public final class Faults {
    private final Clock clock;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile Optional<EmrRateLimits> rateLimits = Optional.empty();

    private record Rule(Calls calls, Fault fault) {}

    Faults(Clock clock) {
        this.clock = clock;
    }

    /** {@code faults.add(Fault.responseLost(), Calls.named("RunJobFlow").first(1))}. */
    public void add(Fault fault, Calls calls) {
        rules.add(new Rule(Objects.requireNonNull(calls, "calls"), Objects.requireNonNull(fault, "fault")));
    }

    /** Denies every call of an operation: {@code deny("ec2", "CreateSecurityGroup")}. */
    public void deny(String service, String operation) {
        add(
                Fault.denied(),
                Calls.where(call ->
                        call.service().equals(service) && call.operation().equals(operation)));
    }

    /** Enforces EMR's API rate limits per account. The token buckets refill in simulated time. */
    public void enforceEmrRateLimits() {
        rateLimits = Optional.of(new EmrRateLimits(clock));
    }

    public void clear() {
        rules.clear();
        rateLimits = Optional.empty();
    }

    /** The faults that apply to a call. Every rule counts the call, even if an earlier rule already rejects it. */
    List<Fault> triggeredBy(Call call) {
        return rules.stream()
                .filter(rule -> rule.calls().matches(call))
                .map(Rule::fault)
                .toList();
    }

    Optional<AwsError> rateLimitError(Call call) {
        return rateLimits
                .filter(buckets -> call.service().equals("elasticmapreduce") && !buckets.allow(call.operation()))
                .map(exceeded -> CommonErrors.throttled(call.service()));
    }
}
