package org.emrelay.runner.fakeaws;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.CommonErrors;

/** The faults that a test has asked for; they apply in the order in which they were asked for. */
public final class Faults {
    private final Clock clock;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile Optional<EmrQuotas> quotas = Optional.empty();

    private record Rule(Calls which, Fault fault) {}

    Faults(Clock clock) {
        this.clock = clock;
    }

    /** {@code faults.add(Fault.answerLost(), Calls.named("RunJobFlow").first(1))}. */
    public void add(Fault fault, Calls which) {
        rules.add(new Rule(Objects.requireNonNull(which, "which"), Objects.requireNonNull(fault, "fault")));
    }

    /** {@code deny("ec2", "CreateSecurityGroup")}: always. */
    public void deny(String service, String operation) {
        add(
                Fault.denied(),
                Calls.where(call ->
                        call.service().equals(service) && call.operation().equals(operation)));
    }

    /** EMR lets an account call only so often; the buckets refill as the fake time goes by. */
    public void throttleByEmrQuotas() {
        quotas = Optional.of(new EmrQuotas(clock));
    }

    public void clear() {
        rules.clear();
        quotas = Optional.empty();
    }

    /** What befalls this call. Every rule counts it, whether or not an earlier one already refuses it. */
    List<Fault> of(Call call) {
        return rules.stream()
                .filter(rule -> rule.which().take(call))
                .map(Rule::fault)
                .toList();
    }

    Optional<AwsError> quotaExceeded(Call call) {
        return quotas.filter(buckets -> call.service().equals("elasticmapreduce") && !buckets.allow(call.operation()))
                .map(exceeded -> CommonErrors.throttled(call.service()));
    }
}
