package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.CallPosition;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Injects faults between the runner and AWS. A command survives them, or ends with one clear message and leaves
 * nothing or names what it left.
 */
final class EmrFaultsTest {
    private static final ClusterScript QUICK =
            ClusterScript.typical().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));
    private static final String REMEDY = "-a terminate_cluster -c demo";

    @TempDir
    Path directory;

    private static final List<Fault> SINGLE_FAULTS = List.of(
            Fault.throttled(),
            Fault.internalError(),
            Fault.requestLost(),
            Fault.responseLost(),
            Fault.responseTruncated());

    @RegisterExtension
    static final Sampling RUNS = Sampling.of("faulty runs");

    private final List<String> failures = new ArrayList<>();

    @AfterEach
    void assertNoFailures() {
        assertThat(failures).isEmpty();
    }

    private EmrCliFixture start() throws Exception {
        EmrCliFixture emr = new EmrCliFixture(Files.createTempDirectory(directory, "at"));
        emr.aws().emr().scriptClusters(name -> QUICK);
        return emr;
    }

    @Test
    void survivesThrottlingOfHalfOfAllCalls() throws Exception {
        for (int seed : RUNS.choose(2, List.of(1, 2, 3, 4))) {
            try (EmrCliFixture emr = start()) {
                emr.aws().faults().add(Fault.throttled(), Calls.all().withProbability(0.5, seed));

                expect("throttled " + seed, emr.create(), 0, "");
                expect("throttled " + seed, emr.terminate("--delete-bucket"), 0, "");
                expectNothingLeft("throttled " + seed, emr);
            }
        }
    }

    @Test
    void survivesTheRateLimitsOfAnAccount() throws Exception {
        try (EmrCliFixture emr = start()) {
            emr.aws().faults().enforceEmrRateLimits();
            for (int round = 1; round <= 3; round++) {
                expect("quotas", emr.create(), 0, "");
                expect("quotas", emr.run("-a", "describe_cluster", "-c", "demo"), 0, "");
                expect("quotas", emr.terminate("--delete-bucket"), 0, "");
            }
            assertThat(emr.aws().remaining()).isEmpty();
            assertThat(emr.createdClusterCount()).isEqualTo(3);
        }
    }

    @Test
    void survivesAStormOfFaultsOrRollsBack() throws Exception {
        for (int seed : RUNS.choose(3, List.of(1, 2, 3, 4, 5, 6))) {
            try (EmrCliFixture emr = start()) {
                emr.aws().emr().listingLag(Duration.ofSeconds(40));
                int faultIndex = 0;
                for (Fault fault : List.of(
                        Fault.throttled(),
                        Fault.internalError(),
                        Fault.unavailable(),
                        Fault.requestLost(),
                        Fault.responseLost(),
                        Fault.responseTruncated(),
                        Fault.requestDelayed(Duration.ofSeconds(20)),
                        Fault.responseDelayed(Duration.ofSeconds(20)))) {
                    emr.aws().faults().add(fault, Calls.all().withProbability(0.08, seed * 100L + faultIndex++));
                }
                CommandResult created = emr.create();
                if (created.code() != 0) {
                    expectCleanFailure("storm " + seed, emr, created);
                }
                expect("storm " + seed, emr.terminate("--delete-bucket"), 0, "");
                expectNothingLeft("storm " + seed, emr);
            }
        }
    }

    /** The runner looks for the cluster for three minutes; then it rolls back. */
    @Test
    void rollbackWaitsForAClusterThatAppearsAfterALostResponse() throws Exception {
        try (EmrCliFixture emr = start()) {
            emr.aws().iam().setPropagationDelay(Duration.ZERO);
            emr.aws().ec2().setEmrLag(Duration.ZERO);
            emr.aws().emr().listingLag(Duration.ofMinutes(4));
            emr.aws()
                    .faults()
                    .add(Fault.responseLost(), Calls.named("RunJobFlow").first(1));

            expect("late cluster", emr.create(), 4, "A cluster may have been requested: waiting for EMR to list it");
            expectNothingLeft("late cluster", emr);
            assertThat(emr.createdClusterCount()).isEqualTo(1);
        }
    }

    private record SingleFault(Fault fault, CallPosition call) {
        /** RunJobFlow is not idempotent, so each of its faults is a kind of its own. */
        String kind() {
            return call.operation() + (call.operation().endsWith(":RunJobFlow") ? SINGLE_FAULTS.indexOf(fault) : "");
        }
    }

    @Test
    void survivesAnySingleFaultyCall() throws Exception {
        List<SingleFault> faults = new ArrayList<>();
        for (CallPosition call : CallPosition.of(calls(emr -> {}, EmrCliFixture::create))) {
            SINGLE_FAULTS.forEach(fault -> faults.add(new SingleFault(fault, call)));
        }
        for (SingleFault fault : RUNS.choose(40, faults, SingleFault::kind)) {
            survives(fault);
        }
    }

    /**
     * Only a lost RunJobFlow request may fail the command: the runner finds no cluster and never sends RunJobFlow again. The
     * command then leaves nothing.
     */
    private void survives(SingleFault single) throws Exception {
        try (EmrCliFixture emr = start()) {
            emr.aws().emr().listingLag(Duration.ofSeconds(40));
            emr.aws().faults().add(single.fault, Calls.at(single.call));
            CommandResult created = emr.create();
            Optional<Call> faultyCall = single.call.in(emr.aws().calls().all());
            CommandResult terminated = emr.terminate("--delete-bucket");
            boolean lostRunJobFlow = faultyCall
                    .filter(call -> call.operation().equals("RunJobFlow")
                            && !call.outcome().startsWith("ok")
                            && !call.outcome().equals("ThrottlingException"))
                    .isPresent();
            String point = faultyCall.map(Call::toString).orElse("none of " + single.call);
            if (lostRunJobFlow && created.code() == 4) {
                expectCleanFailure(point, emr, created);
            } else {
                expect(point, created, 0, "");
            }
            expect(point, terminated, 0, "");
            expectNothingLeft(point, emr);
        }
    }

    @Test
    void namesWhatIsLeftWhenCredentialsExpireDuringACreation() throws Exception {
        for (int number : callNumbers(emr -> {}, EmrCliFixture::create)) {
            try (EmrCliFixture emr = start()) {
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult created = emr.create();
                String point = "after " + number + " of create";
                if (created.code() != 0) {
                    boolean isLeft = !emr.aws().remaining().isEmpty();
                    expect(point, created, 4, "Refresh your credentials");
                    expect(point, created, 4, isLeft ? REMEDY : "");
                    expectCleanMessage(point, created);
                }
                emr.aws().faults().clear();
                expect(point, emr.terminate("--delete-bucket"), 0, "");
                expectNothingLeft(point, emr);
            }
        }
    }

    @Test
    void finishesATerminationDuringWhichCredentialsExpired() throws Exception {
        for (int number : callNumbers(EmrCliFixture::create, emr -> emr.terminate("--delete-bucket"))) {
            try (EmrCliFixture emr = start()) {
                emr.create();
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult terminated = emr.terminate("--delete-bucket");
                String point = "after " + number + " of terminate";
                if (terminated.code() != 0) {
                    expect(point, terminated, 4, "Refresh your credentials");
                }
                emr.aws().faults().clear();
                expect(point, emr.terminate("--delete-bucket"), 0, "");
                expectNothingLeft(point, emr);
            }
        }
    }

    /** Numbers of calls after which the credentials expire: from none to all, a few of them unless tests are exhaustive. */
    private List<Integer> callNumbers(Consumer<EmrCliFixture> before, Consumer<EmrCliFixture> command)
            throws Exception {
        List<Integer> numbers =
                IntStream.rangeClosed(0, calls(before, command).size()).boxed().toList();
        return RUNS.choose(12, numbers, number -> number / 5);
    }

    @Test
    void rollsBackOrContinuesWhateverActionIsDenied() throws Exception {
        for (String action : RUNS.choose(12, actions(emr -> {}, EmrCliFixture::create))) {
            try (EmrCliFixture emr = start()) {
                emr.aws().faults().add(Fault.denied(), Calls.where(call -> action.equals(action(call))));
                CommandResult created = emr.create();
                if (created.code() != 0) {
                    expect(action, created, 4, action.substring(action.indexOf(':') + 1));
                    expectCleanFailure(action, emr, created);
                }
                emr.aws().faults().clear();
                expect(action, emr.terminate("--delete-bucket"), 0, "");
                expectNothingLeft(action, emr);
            }
        }
    }

    @Test
    void namesTheDeniedActionOfATerminationAndFinishesOnceItIsAllowed() throws Exception {
        for (String action : RUNS.choose(12, actions(EmrCliFixture::create, emr -> emr.terminate("--delete-bucket")))) {
            try (EmrCliFixture emr = start()) {
                emr.create();
                emr.aws().faults().add(Fault.denied(), Calls.where(call -> action.equals(action(call))));
                CommandResult terminated = emr.terminate("--delete-bucket");
                if (terminated.code() != 0) {
                    expect(action, terminated, 4, action.substring(action.indexOf(':') + 1));
                } else {
                    expectNothingLeft(action, emr);
                }
                emr.aws().faults().clear();
                expect(action, emr.terminate("--delete-bucket"), 0, "");
                expectNothingLeft(action, emr);
            }
        }
    }

    private static String action(Call call) {
        return call.service() + ":" + call.operation();
    }

    private List<String> actions(Consumer<EmrCliFixture> before, Consumer<EmrCliFixture> command) throws Exception {
        return calls(before, command).stream()
                .map(EmrFaultsTest::action)
                .distinct()
                .toList();
    }

    /** The calls of the command without faults. */
    private List<Call> calls(Consumer<EmrCliFixture> before, Consumer<EmrCliFixture> command) throws Exception {
        try (EmrCliFixture emr = start()) {
            before.accept(emr);
            emr.aws().calls().clear();
            command.accept(emr);
            return emr.aws().calls().all();
        }
    }

    private void expect(String point, CommandResult result, int code, String text) {
        if (result.code() != code || !result.err().contains(text)) {
            failures.add("\n" + point + ": " + result);
        }
    }

    private void expectCleanFailure(String point, EmrCliFixture emr, CommandResult result) {
        expect(point, result, 4, "");
        expectCleanMessage(point, result);
        if (!emr.aws().remaining().isEmpty() && !result.err().contains(REMEDY)) {
            failures.add("\n" + point + ": left without a message: " + emr.aws().remaining() + "\n" + result);
        }
    }

    /** Expects neither a stack trace nor an internal error. */
    private void expectCleanMessage(String point, CommandResult result) {
        if (result.err().contains("runner: internal error")
                || result.err().contains("\tat ")
                || result.err().contains("null")) {
            failures.add("\n" + point + ": " + result);
        }
    }

    private void expectNothingLeft(String point, EmrCliFixture emr) {
        if (!emr.aws().remaining().isEmpty()
                || !emr.aws().foreignChanges().isEmpty()
                || emr.createdClusterCount() > 1
                || !emr.aws().calls().defects().isEmpty()) {
            failures.add("\n" + point + ": clusters " + emr.createdClusterCount() + ", remaining "
                    + emr.aws().remaining() + ", changed " + emr.aws().foreignChanges() + ", defects "
                    + emr.aws().calls().defects());
        }
    }
}
