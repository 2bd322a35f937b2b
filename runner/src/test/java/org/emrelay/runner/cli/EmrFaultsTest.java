package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
        for (int seed = 1; seed <= 4; seed++) {
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
        for (int seed = 1; seed <= 6; seed++) {
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

    @Test
    void survivesAnySingleFaultyCall() throws Exception {
        for (Fault fault : List.of(
                Fault.throttled(),
                Fault.internalError(),
                Fault.requestLost(),
                Fault.responseLost(),
                Fault.responseTruncated())) {
            survivesOneFaultyCall(fault);
        }
    }

    /**
     * Only a lost RunJobFlow request may fail the command: the runner finds no cluster and never sends RunJobFlow again. The
     * command then leaves nothing.
     */
    private void survivesOneFaultyCall(Fault fault) throws Exception {
        boolean moreCalls = true;
        for (int number = 1; moreCalls; number++) {
            try (EmrCliFixture emr = start()) {
                emr.aws().emr().listingLag(Duration.ofSeconds(40));
                emr.aws().faults().add(fault, Calls.all().nth(number));
                CommandResult created = emr.create();
                int calls = emr.aws().calls().count();
                CommandResult terminated = emr.terminate("--delete-bucket");
                moreCalls = calls > number;
                Call faultyCall = emr.aws()
                        .calls()
                        .all()
                        .get(Math.min(number, emr.aws().calls().count()) - 1);
                boolean lostRunJobFlow = faultyCall.operation().equals("RunJobFlow")
                        && !faultyCall.outcome().startsWith("ok")
                        && !faultyCall.outcome().equals("ThrottlingException");
                if (lostRunJobFlow && created.code() == 4) {
                    expectCleanFailure(faultyCall + " of " + calls, emr, created);
                } else {
                    expect(faultyCall + " of " + calls, created, 0, "");
                }
                expect(faultyCall + " of " + calls, terminated, 0, "");
                expectNothingLeft(faultyCall + " of " + calls, emr);
            }
        }
    }

    @Test
    void namesWhatIsLeftWhenCredentialsExpire() throws Exception {
        boolean fails = true;
        for (int number = 0; fails; number++) {
            try (EmrCliFixture emr = start()) {
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult created = emr.create();
                fails = created.code() != 0;
                String point = "after " + number + " of create";
                if (fails) {
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
        fails = true;
        for (int number = 0; fails; number++) {
            try (EmrCliFixture emr = start()) {
                emr.create();
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult terminated = emr.terminate("--delete-bucket");
                fails = terminated.code() != 0;
                if (fails) {
                    expect("after " + number + " of terminate", terminated, 4, "Refresh your credentials");
                }
                emr.aws().faults().clear();
                expect("after " + number + " of terminate", emr.terminate("--delete-bucket"), 0, "");
                expectNothingLeft("after " + number + " of terminate", emr);
            }
        }
    }

    @Test
    void rollsBackOrContinuesWhateverActionIsDenied() throws Exception {
        for (String action : actions(emr -> {}, EmrCliFixture::create)) {
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
        for (String action : actions(EmrCliFixture::create, emr -> emr.terminate("--delete-bucket"))) {
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

    private Set<String> actions(Consumer<EmrCliFixture> before, Consumer<EmrCliFixture> command) throws Exception {
        try (EmrCliFixture emr = start()) {
            before.accept(emr);
            emr.aws().calls().clear();
            command.accept(emr);
            Set<String> actions = new LinkedHashSet<>();
            emr.aws().calls().all().forEach(call -> actions.add(action(call)));
            return actions;
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
