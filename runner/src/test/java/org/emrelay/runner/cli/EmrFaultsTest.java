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
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between here and AWS: a command bears it, or ends with one clear sentence and leaves nothing, or says what it left. */
final class EmrFaultsTest {
    private static final ClusterScript QUICK =
            ClusterScript.ordinary().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));
    private static final String GO_ON = "-a terminate_cluster -c demo";

    @TempDir
    Path directory;

    private final List<String> wrong = new ArrayList<>();

    @AfterEach
    void nothingWentWrong() {
        assertThat(wrong).isEmpty();
    }

    private EmrPrompt begin() throws Exception {
        EmrPrompt emr = new EmrPrompt(Files.createTempDirectory(directory, "at"));
        emr.aws().emr().clusters(name -> QUICK);
        return emr;
    }

    @Test
    void bearsThatHalfOfAllCallsAreThrottled() throws Exception {
        for (int seed = 1; seed <= 4; seed++) {
            try (EmrPrompt emr = begin()) {
                emr.aws().faults().add(Fault.throttled(), Calls.all().withProbability(0.5, seed));

                expect("throttled " + seed, emr.create(), 0, "");
                expect("throttled " + seed, emr.terminate("--delete-bucket"), 0, "");
                expectNothing("throttled " + seed, emr);
            }
        }
    }

    @Test
    void bearsTheQuotasOfAnAccount() throws Exception {
        try (EmrPrompt emr = begin()) {
            emr.aws().faults().throttleByEmrQuotas();
            for (int round = 1; round <= 3; round++) {
                expect("quotas", emr.create(), 0, "");
                expect("quotas", emr.type("-a", "describe_cluster", "-c", "demo"), 0, "");
                expect("quotas", emr.terminate("--delete-bucket"), 0, "");
            }
            assertThat(emr.aws().remaining()).isEmpty();
            assertThat(emr.clustersEver()).isEqualTo(3);
        }
    }

    @Test
    void bearsAStormOfEverythingOrTakesBackWhatItMade() throws Exception {
        for (int seed = 1; seed <= 6; seed++) {
            try (EmrPrompt emr = begin()) {
                emr.aws().emr().listingLag(Duration.ofSeconds(40));
                int kind = 0;
                for (Fault fault : List.of(
                        Fault.throttled(),
                        Fault.internalError(),
                        Fault.unavailable(),
                        Fault.requestLost(),
                        Fault.answerLost(),
                        Fault.answerCut(),
                        Fault.slow(Duration.ofSeconds(20)),
                        Fault.slowAnswer(Duration.ofSeconds(20)))) {
                    emr.aws().faults().add(fault, Calls.all().withProbability(0.08, seed * 100L + kind++));
                }
                CommandResult created = emr.create();
                if (created.code() != 0) {
                    expectCleanEnd("storm " + seed, emr, created);
                }
                expect("storm " + seed, emr.terminate("--delete-bucket"), 0, "");
                expectNothing("storm " + seed, emr);
            }
        }
    }

    @Test
    void bearsThatAnySingleCallIsThrottledOrFailsOrItsAnswerIsLost() throws Exception {
        for (Fault fault : List.of(
                Fault.throttled(), Fault.internalError(), Fault.requestLost(), Fault.answerLost(), Fault.answerCut())) {
            bearsOne(fault);
        }
    }

    /**
     * A RunJobFlow of which no answer came, and which made no cluster, is looked for in vain and never sent again: this alone may fail the command,
     * and leaves nothing.
     */
    private void bearsOne(Fault fault) throws Exception {
        boolean more = true;
        for (int number = 1; more; number++) {
            try (EmrPrompt emr = begin()) {
                emr.aws().emr().listingLag(Duration.ofSeconds(40));
                emr.aws().faults().add(fault, Calls.all().only(number));
                CommandResult created = emr.create();
                int calls = emr.aws().calls().count();
                CommandResult gone = emr.terminate("--delete-bucket");
                more = calls > number;
                Call hit = emr.aws()
                        .calls()
                        .all()
                        .get(Math.min(number, emr.aws().calls().count()) - 1);
                boolean vain = hit.operation().equals("RunJobFlow")
                        && !hit.outcome().startsWith("ok")
                        && !hit.outcome().equals("ThrottlingException");
                if (vain && created.code() == 4) {
                    expectCleanEnd(hit + " of " + calls, emr, created);
                } else {
                    expect(hit + " of " + calls, created, 0, "");
                }
                expect(hit + " of " + calls, gone, 0, "");
                expectNothing(hit + " of " + calls, emr);
            }
        }
    }

    @Test
    void saysWhatIsLeftWhenCredentialsExpireMidway() throws Exception {
        boolean dies = true;
        for (int number = 0; dies; number++) {
            try (EmrPrompt emr = begin()) {
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult created = emr.create();
                dies = created.code() != 0;
                String point = "after " + number + " of create";
                if (dies) {
                    boolean isLeft = !emr.aws().remaining().isEmpty();
                    expect(point, created, 4, "Renew your credentials");
                    expect(point, created, 4, isLeft ? GO_ON : "");
                    expectOneSentence(point, created);
                }
                emr.aws().faults().clear();
                expect(point, emr.terminate("--delete-bucket"), 0, "");
                expectNothing(point, emr);
            }
        }
        dies = true;
        for (int number = 0; dies; number++) {
            try (EmrPrompt emr = begin()) {
                emr.create();
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult gone = emr.terminate("--delete-bucket");
                dies = gone.code() != 0;
                if (dies) {
                    expect("after " + number + " of terminate", gone, 4, "Renew your credentials");
                }
                emr.aws().faults().clear();
                expect("after " + number + " of terminate", emr.terminate("--delete-bucket"), 0, "");
                expectNothing("after " + number + " of terminate", emr);
            }
        }
    }

    @Test
    void takesBackOrGoesWithoutWhateverActionIsDenied() throws Exception {
        for (String action : actions(emr -> {}, EmrPrompt::create)) {
            try (EmrPrompt emr = begin()) {
                emr.aws().faults().add(Fault.denied(), Calls.where(call -> action.equals(action(call))));
                CommandResult created = emr.create();
                if (created.code() != 0) {
                    expect(action, created, 4, action.substring(action.indexOf(':') + 1));
                    expectCleanEnd(action, emr, created);
                }
                emr.aws().faults().clear();
                expect(action, emr.terminate("--delete-bucket"), 0, "");
                expectNothing(action, emr);
            }
        }
    }

    @Test
    void saysWhichActionOfATerminationIsDeniedAndEndsItOnceItIsAllowed() throws Exception {
        for (String action : actions(EmrPrompt::create, emr -> emr.terminate("--delete-bucket"))) {
            try (EmrPrompt emr = begin()) {
                emr.create();
                emr.aws().faults().add(Fault.denied(), Calls.where(call -> action.equals(action(call))));
                CommandResult gone = emr.terminate("--delete-bucket");
                if (gone.code() != 0) {
                    expect(action, gone, 4, action.substring(action.indexOf(':') + 1));
                } else {
                    expectNothing(action, emr);
                }
                emr.aws().faults().clear();
                expect(action, emr.terminate("--delete-bucket"), 0, "");
                expectNothing(action, emr);
            }
        }
    }

    private static String action(Call call) {
        return call.service() + ":" + call.operation();
    }

    private Set<String> actions(Consumer<EmrPrompt> before, Consumer<EmrPrompt> command) throws Exception {
        try (EmrPrompt emr = begin()) {
            before.accept(emr);
            emr.aws().calls().forget();
            command.accept(emr);
            Set<String> actions = new LinkedHashSet<>();
            emr.aws().calls().all().forEach(call -> actions.add(action(call)));
            return actions;
        }
    }

    private void expect(String point, CommandResult said, int code, String words) {
        if (said.code() != code || !said.err().contains(words)) {
            wrong.add("\n" + point + ": " + said);
        }
    }

    private void expectCleanEnd(String point, EmrPrompt emr, CommandResult said) {
        expect(point, said, 4, "");
        expectOneSentence(point, said);
        if (!emr.aws().remaining().isEmpty() && !said.err().contains(GO_ON)) {
            wrong.add("\n" + point + ": left without a word " + emr.aws().remaining() + "\n" + said);
        }
    }

    /** No stack trace, no bug of ours, and nothing said twice in the end. */
    private void expectOneSentence(String point, CommandResult said) {
        if (said.err().contains("bug of the runner")
                || said.err().contains("\tat ")
                || said.err().contains("null")) {
            wrong.add("\n" + point + ": " + said);
        }
    }

    private void expectNothing(String point, EmrPrompt emr) {
        if (!emr.aws().remaining().isEmpty()
                || !emr.aws().foreignChanges().isEmpty()
                || emr.clustersEver() > 1
                || !emr.aws().calls().defects().isEmpty()) {
            wrong.add("\n" + point + ": clusters " + emr.clustersEver() + ", remaining "
                    + emr.aws().remaining() + ", changed " + emr.aws().foreignChanges() + ", defects "
                    + emr.aws().calls().defects());
        }
    }
}
